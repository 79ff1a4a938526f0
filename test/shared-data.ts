import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = process.env.SEGBOOK_SHARED_DATA ?? fileURLToPath(new URL("../../shared/data", import.meta.url));

/** Path of a file or folder of the reference data, or null, with a printed reason, where it is absent. */
export function sharedData(name: string): string | null {
  const path = `${root}/${name}`;
  // Engines compare paths as text, and the folder may be a link.
  if (existsSync(path)) return realpathSync(path);
  console.warn(`Skipped: ${path} is not there. Set SEGBOOK_SHARED_DATA to the folder of the reference data.`);
  return null;
}
