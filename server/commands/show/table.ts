import type { PlainValue, Table } from "../../engine/engine.ts";

const WIDEST = 40;

/** A table for people: names, rows, and how many there are. */
export function* tableLines({ columns, rows }: Table, total: number): Iterable<string> {
  const cells = rows.map((row) => row.map(shown));
  const widths = columns.map(({ name }, index) => {
    const longest = cells.reduce((most, row) => Math.max(most, (row[index] ?? "").length), shown(name).length);
    return Math.min(WIDEST, longest);
  });
  const isRight = columns.map(({ type }) => /INT|DECIMAL|DOUBLE|FLOAT/.test(type));
  const line = (row: readonly string[]) => {
    const padded = row.map((text, index) => {
      const width = widths[index] ?? 0;
      const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      return isRight[index] ? cut.padStart(width) : cut.padEnd(width);
    });
    return `${padded.join("  ").trimEnd()}\n`;
  };
  yield line(columns.map(({ name }) => shown(name)));
  yield `${widths.map((width) => "─".repeat(width)).join("  ")}\n`;
  for (const row of cells) yield line(row);
  const of = total > rows.length ? `, the first ${rows.length.toLocaleString("en")} shown` : "";
  yield `${total.toLocaleString("en")} ${total === 1 ? "row" : "rows"}${of}\n`;
}

/** A value on one line; what would move a terminal's cursor or change its colours is shown as its code. */
function shown(value: PlainValue): string {
  if (value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.replaceAll(/\p{Cc}/gu, (control) => {
    if (control === "\n") return "⏎";
    if (control === "\t") return " ";
    return `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
