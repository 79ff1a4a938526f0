import { readFileSync } from "node:fs";

/** Segbook's version, as package.json has it; the file lies two folders up once compiled, one before. */
export const version: string = readVersion();

function readVersion(): string {
  const up = import.meta.url.endsWith(".js") ? "../../package.json" : "../package.json";
  const { version } = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8")) as { version: string };
  return version;
}
