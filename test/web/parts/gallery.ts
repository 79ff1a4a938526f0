import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build, preview } from "vite";
import { launchChromium } from "../../chromium.ts";

/** The content policy that the server sends: the parts must work under it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'";

export interface Gallery {
  /** A page with the named sections, ready; every error of its console fails the test that opened it. */
  open: (sections: string, options?: OpenOptions) => Promise<Page>;
  close: () => Promise<void>;
}

export interface OpenOptions {
  theme?: "light" | "dark";
  width?: number;
  height?: number;
  motion?: "reduce" | "no-preference";
}

/** Builds the gallery, serves it under the server's content policy and opens it in a real browser. */
export async function openGallery(chromium: string): Promise<Gallery> {
  const root = fileURLToPath(new URL("../../../web/parts/gallery/", import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), "segbook-gallery-"));
  const config = { root, configFile: false as const, logLevel: "warn" as const };
  await build({
    ...config,
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      target: "es2022",
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 9999,
    },
  });
  const server = await preview({
    ...config,
    build: { outDir },
    preview: { port: 0, host: "127.0.0.1", headers: { "Content-Security-Policy": POLICY } },
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The gallery has no address.");
  const browser: Browser = await launchChromium(chromium);
  return {
    open: (sections, options = {}) => openPage(browser, address, sections, options),
    close: async () => {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

async function openPage(browser: Browser, address: string, sections: string, options: OpenOptions): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    locale: "en-GB",
    reducedMotion: options.motion ?? "no-preference",
  });
  page.on("pageerror", (error) => {
    throw error;
  });
  page.on("console", (message) => {
    if (message.type() === "error") throw new Error(`The page's console says: ${message.text()}`);
  });
  await page.goto(`${address}?only=${sections}&theme=${options.theme ?? "light"}`);
  await page.locator("seg-gallery main").waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}
