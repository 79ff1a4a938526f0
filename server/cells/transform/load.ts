import type { PlainValue } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import type { RunContext } from "../kind.ts";
import { inTotalOrder } from "../row-order.ts";

/** A relation's columns as the engine gives them. */
export interface LoadedColumn {
  readonly name: string;
  readonly type: string;
  readonly values: readonly PlainValue[];
}

/** More than this many values would not fit beside the engine. */
const LIMIT = 20_000_000;

/** Reads a relation into memory, in an order of its own or in that of all its columns. */
export async function loadColumns(relation: string, context: RunContext): Promise<readonly LoadedColumn[] | Problem> {
  const { engine, signal } = context;
  const columns = await context.relation(relation);
  const [size] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${quoted(relation)}`, signal });
  const rows = Number(size?.n ?? 0);
  if (rows * columns.length > LIMIT) {
    const message = `\`${relation}\` has ${rows} rows of ${columns.length} columns; a transform holds at most ${LIMIT} values in memory.`;
    return context.problem({
      code: "transform-too-large",
      message,
      hint: "Reduce it in a sql cell first: fewer columns, or grouped.",
    });
  }
  const sql = inTotalOrder(`SELECT * FROM ${quoted(relation)}`, { isOrdered: await context.isOrdered(relation) });
  const loaded = columns.map((column) => ({ ...column, values: [] as PlainValue[] }));
  await engine.pieces({ sql, signal }, async (piece) => {
    for (const row of piece.rows) for (const [index, { values }] of loaded.entries()) values.push(row[index] ?? null);
  });
  return loaded;
}
