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
  /** A page with the named sections, ready. */
  open: (sections: string, options?: OpenOptions) => Promise<Page>;
  /** What pages complained of so far: script errors, refusals of the content policy. */
  errors: string[];
  close: () => Promise<void>;
}

export interface OpenOptions {
  theme?: "light" | "dark";
  width?: number;
  height?: number;
  motion?: "reduce" | "no-preference";
  /** The reader's time zone, an IANA name. */
  zone?: string;
}

/** Builds the gallery, serves it under the server's content policy and opens it in a real browser. */
export async function openGallery(chromium: string): Promise<Gallery> {
  const root = fileURLToPath(new URL("../../../web/parts/gallery/", import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), "segbook-gallery-"));
  // Under a test runner Vite would take the libraries' development builds.
  const resolve = { conditions: ["module", "browser", "production"] };
  const config = { root, configFile: false as const, logLevel: "warn" as const, resolve };
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
  const errors: string[] = [];
  return {
    errors,
    open: (sections, options = {}) => openPage(browser, { address, sections, errors, ...options }),
    close: async () => {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

interface PageRequest extends OpenOptions {
  address: string;
  sections: string;
  errors: string[];
}

async function openPage(browser: Browser, request: PageRequest): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: request.width ?? 1440, height: request.height ?? 900 },
    locale: "en-GB",
    timezoneId: request.zone ?? "Europe/London",
    reducedMotion: request.motion ?? "no-preference",
  });
  page.on("pageerror", (error) => request.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") request.errors.push(message.text());
  });
  await page.goto(`${request.address}?only=${request.sections}&theme=${request.theme ?? "light"}`);
  await page.locator("seg-gallery main").waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}
