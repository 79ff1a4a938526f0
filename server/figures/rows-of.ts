import type { ResultPage } from "../run/view.ts";
import { asText, columnOf } from "./columns.ts";

/** Rows of a relation that are about one segment, and where it tells metrics apart about one metric, without those columns. */
export function rowsAbout(
  page: Pick<ResultPage, "columns" | "rows">,
  about: { readonly segment: string; readonly metric: string },
): Pick<ResultPage, "columns" | "rows"> {
  const of = (name: string) => columnOf(page, name);
  const has = (name: string) => page.columns.some((column) => column.name === name);
  const [segment, metric] = [of("segment"), of("metric")];
  const rows = page.rows.filter(
    (row) =>
      asText(segment(row)) === about.segment &&
      (!has("metric") || metric(row) === null || asText(metric(row)) === about.metric),
  );
  const kept = page.columns.flatMap(({ name }, index) => (name === "segment" || name === "metric" ? [] : [index]));
  const pick = <T>(all: readonly T[]) => kept.flatMap((index) => (index < all.length ? [all[index] as T] : []));
  return { columns: pick(page.columns), rows: rows.map((row) => pick(row)) };
}

/** Rows with the sentences that they are told in, where a column `told` or `words` has some, and the other columns. */
export function wordsApart({ columns, rows }: Pick<ResultPage, "columns" | "rows">): {
  sentences: string[];
  rest: Pick<ResultPage, "columns" | "rows">;
} {
  const at = columns.findIndex(({ name }) => name === "told" || name === "words");
  const without = <T>(all: readonly T[]) => all.filter((_, index) => index !== at);
  const sentences = rows.map((row) => asText(row[at] ?? null)).filter((sentence) => sentence !== "");
  return { sentences, rest: { columns: without(columns), rows: rows.map((row) => without(row)) } };
}
