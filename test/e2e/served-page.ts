import type { Page } from "playwright-core";
import { launchChromium } from "../chromium.ts";
import { openPage } from "./page.ts";
import type { Served } from "./served.ts";

/** A workbench that is served, and a browser's page on it; closing it ends both. */
export interface ServedPage extends Served {
  readonly page: Page;
  /** What the browser has had to complain of so far. */
  readonly complaints: readonly string[];
}

export async function openServed(chromium: string, serving: Promise<Served>): Promise<ServedPage> {
  const [served, browser] = await Promise.all([serving, launchChromium(chromium)]);
  const complaints: string[] = [];
  const close = async () => {
    await browser.close();
    await served.close();
  };
  return { ...served, page: await openPage(browser, served.url, complaints), complaints, close };
}
