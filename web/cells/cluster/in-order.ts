import type { CellValue } from "../../../server/figures/cell-value.ts";

export type Order = "ascending" | "descending";

/** Rows by a value of each: numbers by size, before all that is text; equal ones as they were, what is missing last either way. */
export function inOrder(rows: readonly number[], valueAt: (row: number) => CellValue, order: Order): readonly number[] {
  const way = order === "descending" ? -1 : 1;
  // Read once: tens of thousands are compared many times each.
  const keyed = rows.map((row) => ({ row, ...keyOf(valueAt(row)) }));
  keyed.sort((a, b) => {
    if (a.kind === "missing" || b.kind === "missing")
      return Number(a.kind === "missing") - Number(b.kind === "missing");
    if (a.number !== b.number) return (a.number - b.number) * way;
    if (a.text === b.text) return 0;
    return (a.text < b.text ? -1 : 1) * way;
  });
  return keyed.map(({ row }) => row);
}

interface Key {
  readonly kind: "missing" | "known";
  readonly number: number;
  readonly text: string;
}

function keyOf(value: CellValue): Key {
  if (value === null) return { kind: "missing", number: 0, text: "" };
  // Whole numbers that no double holds come as text.
  const number = value === "" ? Number.NaN : Number(value);
  const isText = Number.isNaN(number);
  return {
    kind: "known",
    number: isText ? Number.MAX_VALUE : number,
    text: isText || typeof value === "string" ? String(value) : "",
  };
}
