import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Outfit } from "./page.ts";
import { readTheme } from "./theme.ts";

const FONT = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

/** What every exported page wears: the workbench's own tokens, and the Latin part of its font. */
export async function readOutfit(): Promise<Outfit> {
  const up = import.meta.url.endsWith(".js") ? "../../../web" : "../../web";
  const tokens = await readFile(new URL(`${up}/theme/tokens.css`, import.meta.url), "utf8");
  const font = await readFile(createRequire(import.meta.url).resolve(FONT), "base64");
  return { theme: readTheme(tokens), font };
}
