import { createHash } from "node:crypto";
import type { Cell } from "../../notebook/model.ts";

/** What stands for a cell's text, by which it is known again under another name, however its lines end. */
export function writtenMark({ body }: Pick<Cell, "body">): string {
  return createHash("sha256").update(body.replaceAll("\r\n", "\n")).digest("hex").slice(0, 32);
}
