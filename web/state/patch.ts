/** One stretch of a text replaced by another; offsets in UTF-16 units. */
export interface Patch {
  readonly start: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The shortest single patch that turns `before` into `after`. */
export function patchBetween(before: string, after: string): Patch {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return {
    start,
    removed: before.slice(start, before.length - tail),
    inserted: after.slice(start, after.length - tail),
  };
}

/** The patch that takes another one back. */
export function inverse({ start, removed, inserted }: Patch): Patch {
  return { start, removed: inserted, inserted: removed };
}

/** The patched text, or null where the text at its place is not what the patch replaces. */
export function applied(text: string, { start, removed, inserted }: Patch): string | null {
  if (text.slice(start, start + removed.length) !== removed) return null;
  return text.slice(0, start) + inserted + text.slice(start + removed.length);
}

/** The same patch for the text after a `later` one; null where the two touch the same stretch. */
export function rebased(patch: Patch, later: Patch): Patch | null {
  if (later.start >= patch.start + patch.removed.length) return patch;
  if (later.start + later.removed.length > patch.start) return null;
  return { ...patch, start: patch.start + later.inserted.length - later.removed.length };
}
