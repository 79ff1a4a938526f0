import { createHash } from "node:crypto";

/** An entity tag that names a file's content, quotes included; equal bytes have equal tags. */
export function contentTag(bytes: Uint8Array): string {
  return `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 32)}"`;
}
