import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Without these, Chromium wants a graphics card, a sandbox, or a network beyond this machine. */
export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium: CHROMIUM_PATH, else where systems put it; null, with the reason printed, where there is none. */
export function findChromium(): string | null {
  const asked = process.env.CHROMIUM_PATH;
  const found = [...(asked ? [asked] : []), ...PLACES].find((place) => existsSync(place));
  if (found !== undefined) return found;
  console.warn("Skipped: no Chromium was found. Install one, or say where it is with CHROMIUM_PATH.");
  return null;
}

/** A browser of its own for a test file; whoever launches it closes it. */
export async function launchChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: CHROMIUM_ARGUMENTS });
}
