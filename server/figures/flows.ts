import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

/** Who went from one segment to another: the newest period beside those before it. */
export interface Flow {
  readonly way: "in" | "out";
  /** The other segment. */
  readonly other: string;
  readonly period: string;
  readonly moved: number;
  readonly of: number | null;
  /** Mean share of the periods before; null where there are none. */
  readonly usual: number | null;
  readonly flag: string | null;
}

/** Flows into and out of a segment, the largest of the newest period first. */
export function flowsOf(page: Pick<ResultPage, "columns" | "rows">, segment: string): Flow[] {
  const read = (name: string) => columnOf(page, name);
  const [period, from, to] = [read("period"), read("from_segment"), read("to_segment")];
  const [moved, of, flag] = [read("moved"), read("of"), read("flag")];
  const rows = page.rows
    .filter((row) => (asText(from(row)) === segment) !== (asText(to(row)) === segment))
    .map((row) => {
      const way = asText(to(row)) === segment ? ("in" as const) : ("out" as const);
      return {
        ...{ way, other: asText(way === "in" ? from(row) : to(row)), period: asText(period(row)) },
        ...{ moved: asNumber(moved(row)) ?? 0, of: asNumber(of(row)) },
        flag: flag(row) === null || flag(row) === false ? null : asText(flag(row)),
      };
    });
  const grouped = new Map<string, typeof rows>();
  for (const row of rows) {
    const key = `${row.way} ${row.other}`;
    grouped.set(key, [...(grouped.get(key) ?? []), row]);
  }
  return [...grouped.values()].flatMap((all) => newestFlow(all)).sort((a, b) => b.moved - a.moved);
}

function newestFlow(all: readonly Omit<Flow, "usual">[]): Flow[] {
  const sorted = [...all].sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
  const newest = sorted.at(-1);
  if (newest === undefined) return [];
  const shares = sorted.slice(0, -1).flatMap(({ moved, of }) => (of === null || of === 0 ? [] : [moved / of]));
  const usual = shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return [{ ...newest, usual }];
}
