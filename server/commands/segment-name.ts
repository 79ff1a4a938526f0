import { CallFault } from "./command.ts";

export const WHICH_SEGMENT = "Which segment? Name its cell and itself, such as 'audiences.Big spenders'.";

/** `cell.name` as its parts. A cell has no dot in its id, so that the first one ends it. */
export function segmentName(which: string): { cell: string; name: string | null } {
  const at = which.indexOf(".");
  return at < 0 ? { cell: which, name: null } : { cell: which.slice(0, at), name: which.slice(at + 1) };
}

/** A segment by `cell.name`. Throws CallFault where it names none. */
export function namedSegment(which: string | undefined): { cell: string; segment: string } {
  const { cell, name } = segmentName(which ?? "");
  if (name === null) throw new CallFault(WHICH_SEGMENT);
  return { cell, segment: name };
}
