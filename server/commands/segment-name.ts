/** `cell.name` as its parts. A cell has no dot in its id, so that the first one ends it. */
export function segmentName(which: string): { cell: string; name: string | null } {
  const at = which.indexOf(".");
  return at < 0 ? { cell: which, name: null } : { cell: which.slice(0, at), name: which.slice(at + 1) };
}
