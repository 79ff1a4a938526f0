import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
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

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SOURCES = ["web/parts", "web/theme", "package-lock.json"];

const config = {
  root: join(ROOT, "web/parts/gallery"),
  configFile: false as const,
  logLevel: "error" as const,
  // Under a test runner Vite would take the libraries' development builds.
  resolve: { conditions: ["module", "browser", "production"] },
};

/** Serves the gallery under the server's content policy and opens it in a real browser. */
export async function openGallery(chromium: string): Promise<Gallery> {
  const outDir = await builtGallery();
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
    },
  };
}

/** The gallery as files, built once for each state of its sources: several test files open it, two at a time. */
async function builtGallery(): Promise<string> {
  const cache = join(ROOT, "node_modules/.cache/segbook-gallery");
  const name = await sourcesHash();
  const outDir = join(cache, name);
  if (existsSync(outDir)) return outDir;
  await mkdir(cache, { recursive: true });
  for (const old of await readdir(cache)) {
    if (!old.startsWith(name)) await rm(join(cache, old), { recursive: true, force: true });
  }
  const own = `${outDir}-${process.pid}`;
  await build({
    ...config,
    build: {
      outDir: own,
      emptyOutDir: true,
      minify: false,
      target: "es2022",
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 9999,
    },
  });
  // Whoever comes second finds the first one's files and throws its own away.
  await rename(own, outDir).catch(() => rm(own, { recursive: true }));
  return outDir;
}

/** Names, sizes and times of everything that the gallery is built from. */
async function sourcesHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    const inside = (await stat(path)).isDirectory() ? (await readdir(path, { recursive: true })).sort() : [""];
    for (const name of inside) {
      const { size, mtimeMs } = await stat(join(path, name));
      hash.update(`${source}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex").slice(0, 16);
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
