import { readYaml } from "./body.ts";
import type { CellKind } from "./kind.ts";
import { runSource } from "./source/run.ts";
import { type SourceBody, schema } from "./source/schema.ts";
import { studySource, suffixesOf } from "./source/study.ts";

/** Files, or a query, with what is expected of them. */
export const source: CellKind<SourceBody> = {
  kind: "source",
  nameAt: ([key, ...rest]) => (rest.length > 0 ? null : key === "sql" ? "query" : key === "where" ? "condition" : null),
  read: (cell, _, inputs) => readYaml(cell, schema, { inputs }),
  study: studySource,
  suffixes: suffixesOf,
  events: eventWordsOf,
  run: runSource,
};

/** The events that a source's rows are, in words: one word for all of them, or one for each value of a column. */
export function eventWordsOf(
  body: SourceBody,
): { words: string; at: string; where: { column: string; value: string } | null }[] {
  const { event, events, at } = body;
  if (at === null) return [];
  if (event !== null) return [{ words: event, at, where: null }];
  if (events === null) return [];
  return Object.entries(events.names).map(([value, words]) => ({ words, at, where: { column: events.by, value } }));
}
