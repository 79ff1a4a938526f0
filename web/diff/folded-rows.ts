const CONTEXT = 3;

export type FoldedRow<T> = { readonly row: T } | { readonly folded: readonly T[] };

/** The rows near a change; longer stretches of others as one. Where none changed, all are shown. */
export function foldedRows<T>(rows: readonly T[], changed: (row: T) => boolean): FoldedRow<T>[] {
  const isChanged = rows.map(changed);
  if (!isChanged.includes(true)) return rows.map((row) => ({ row }));
  const isNear = (at: number) => isChanged.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).includes(true);
  const found: FoldedRow<T>[] = [];
  for (const [at, row] of rows.entries()) {
    const last = found.at(-1);
    if (isNear(at)) found.push({ row });
    else if (last !== undefined && "folded" in last) found[found.length - 1] = { folded: [...last.folded, row] };
    else found.push({ folded: [row] });
  }
  // One line is no longer than the words that would stand for it.
  return found.flatMap((item) =>
    "folded" in item && item.folded.length === 1 ? item.folded.map((row) => ({ row })) : [item],
  );
}
