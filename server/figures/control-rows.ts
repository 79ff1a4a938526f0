import type { ResultPage } from "../run/view.ts";
import { asNumber, columnOf } from "./columns.ts";
import { formatCount, formatNumber, formatPercent } from "./format.ts";

type Rows = Pick<ResultPage, "columns" | "rows">;

/** Rows of a control relation as a reader takes them in: who converted with its share, and the difference with its interval. */
export function controlRows(page: Rows): Rows {
  const of = (name: string) => columnOf(page, name);
  const [low, high] = [of("low"), of("high")];
  const share = (count: string, all: string) => {
    const [events, people] = [of(count), of(all)];
    return (row: ResultPage["rows"][number]) => {
      const [x, n] = [asNumber(events(row)), asNumber(people(row))];
      return x === null || n === null || n === 0 ? null : `${formatCount(x)} (${formatPercent(x / n, { digits: 1 })})`;
    };
  };
  const written: Readonly<Record<string, (row: ResultPage["rows"][number]) => string | null>> = {
    mailed_conversions: share("mailed_conversions", "mailed"),
    held_out_conversions: share("held_out_conversions", "held_out"),
    difference: (row) => {
      const [difference, from, to] = [asNumber(of("difference")(row)), asNumber(low(row)), asNumber(high(row))];
      if (difference === null) return null;
      const interval = from === null || to === null ? "" : ` (${signed(from)} to ${signed(to)})`;
      return `${signed(difference)} points${interval}`;
    },
  };
  const kept = page.columns.flatMap(({ name }, index) => (name === "low" || name === "high" ? [] : [index]));
  return {
    columns: kept.flatMap((index) => {
      const column = page.columns[index];
      if (column === undefined) return [];
      return [Object.hasOwn(written, column.name) ? { ...column, type: "VARCHAR" } : column];
    }),
    rows: page.rows.map((row) =>
      kept.map((index) => {
        const write = written[page.columns[index]?.name ?? ""];
        return write === undefined ? (row[index] ?? null) : write(row);
      }),
    ),
  };
}

/** A difference of shares in percentage points. */
function signed(difference: number): string {
  return `${difference < 0 ? "−" : "+"}${formatNumber(Math.abs(difference) * 100, { digits: 1 })}`;
}
