import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../chromium.ts";
import { openWorkspace, type WorkspaceFiles } from "../workspace.ts";
import { startServer } from "./processes.ts";
import { smallShop } from "./small-shop.ts";

/** A browser on a workspace's notebook, which has been asked to run everything. */
export interface ShopPage {
  readonly browser: Browser;
  readonly page: Page;
  /** The address with its token. */
  readonly url: string;
  close(): Promise<void>;
}

/** The small shop's, unless told otherwise. */
export async function openShopPage(
  chromium: string,
  { files = smallShop, ...options }: BrowserContextOptions & { files?: WorkspaceFiles } = {},
): Promise<ShopPage> {
  const workspace = await openWorkspace(files);
  const [server, browser] = await Promise.all([startServer(workspace.root), launchChromium(chromium)]);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  page.setDefaultTimeout(20_000);
  await page.goto(server.url);
  await page.getByRole("button", { name: /^Run all/ }).click();
  const close = async () => {
    await browser.close();
    await server.kill();
    await workspace.remove();
  };
  return { browser, page, url: server.url, close };
}
