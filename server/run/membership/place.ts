import { createHash } from "node:crypto";
import { basename, join } from "node:path";

/** Where the history of a notebook's entity lies: one folder, whose name begins with the notebook's. */
export function historyFolder(membership: string, path: string, entity: string): string {
  const name = basename(path, ".md")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
  const hash = createHash("sha256")
    .update(JSON.stringify([path, entity]))
    .digest("hex")
    .slice(0, 12);
  return join(membership, `${name === "" ? "notebook" : name}-${hash}`);
}

export const MANIFEST = "manifest.json";
export const LOCK = "recording.json";
