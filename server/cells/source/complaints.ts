import type { Engine, Parameters } from "../../engine/engine.ts";
import { type Locator, type RowPlace, said } from "./locate.ts";

/** A value that stands for all that are wrong in the same way. */
export interface Example {
  readonly place: RowPlace;
  readonly value: string | null;
}

/** The first rows of a SELECT of `row` and `value`, with their places in the files. */
export async function examplesOf(
  engine: Engine,
  locator: Locator,
  ask: { sql: string; parameters?: Parameters; signal: AbortSignal },
): Promise<Example[]> {
  const sql = `SELECT row, value FROM (${ask.sql}) ORDER BY row LIMIT 3`;
  const { parameters = {}, signal } = ask;
  const { rows } = await engine.table({ sql, parameters, signal });
  const examples: Example[] = [];
  for (const [row, value] of rows) {
    examples.push({ place: await locator.place(Number(row)), value: value === null ? null : String(value) });
  }
  return examples;
}

/** "`orders.csv`, line 4567, column `amount`: `abc` is not a number. 3 rows are so, the next in line 5000." */
export function complaint(column: string, reason: string, examples: readonly Example[], count: number): string {
  const [first, ...others] = examples;
  if (first === undefined) return `Column \`${column}\`: a value ${reason}.`;
  const value = first.value === null ? "the value" : `\`${shortened(first.value)}\``;
  const sentence = `${said(first.place)}, column \`${column}\`: ${value} ${reason}.`;
  if (count <= 1) return sentence;
  const next = others.map(({ place }) => (place.file === first.place.file ? lineOf(place) : said(place)));
  const more = count - 1 - next.length;
  const tail =
    next.length === 0 ? "" : `: also ${next.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
  return `${sentence} ${count.toLocaleString("en")} rows are so${tail}.`;
}

export function shortened(value: string): string {
  const plain = value.replaceAll(/\s+/g, " ");
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
}

function lineOf({ line, row }: RowPlace): string {
  return line === null ? `row ${row}` : `line ${line}`;
}
