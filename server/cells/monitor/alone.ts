import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { SendRows } from "./happened.ts";
import { wallSql } from "./period.ts";

type Rows = Pick<SendRows, "sends" | "entity" | "columns" | "zone"> & { readonly entityType: string };

/** Bits of memory for each row, and in all, that a look for doubles may take: less than a table of what was seen. */
const BITS_A_ROW = 64;
const MOST_BITS = 2 ** 31;

/**
 * Whether each row of a relation is a send of its own, so that rows of one send need not be brought together. Whole
 * numbers that lie close enough have a bit each, which is ten times quicker than to remember all that were seen.
 */
export async function areAlone(rows: Rows, engine: Engine, signal: AbortSignal): Promise<boolean> {
  const { sends, entity, columns, zone, entityType } = rows;
  const id = columns.get("send_id");
  const sent = columns.get("sent_at");
  if (id === undefined || sent === undefined) return true;
  const from = `FROM ${quoted(sends)} WHERE ${quoted(entity)} IS NOT NULL`;
  const ask = async (sql: string) => {
    const [row] = await engine.rows({ sql: `SELECT ${sql} AS found ${from}`, signal });
    return row?.found === true;
  };
  const number = isWhole(id.type)
    ? await keyOf({ id: id.name, entity: isWhole(entityType) ? entity : null }, from, { engine, signal })
    : null;
  if (number !== null) {
    const isAlone = await ask(`bit_count(bitstring_agg(${number.key}, 0, ${number.range - 1})) = count(*)`);
    if (isAlone || number.isWhole) return isAlone;
  }
  const at = wallSql(quoted(sent.name), sent.type, zone) ?? "NULL";
  const key = `hash(${quoted(entity)}, ${quoted(id.name)}, CASE WHEN ${quoted(id.name)} IS NULL THEN ${at} END)`;
  // Two keys of one hash would only have them brought together in vain.
  return ask(`count(*) = count(DISTINCT ${key})`);
}

interface NumberKey {
  /** A number from 0 to below `range`, in SQL. */
  readonly key: string;
  readonly range: number;
  /** Whether it tells sends apart as the id and the receiver do, and not the id alone. */
  readonly isWhole: boolean;
}

/** A number for a row by its id and receiver, or by its id alone; null where these lie too far apart, or some have no id. */
async function keyOf(
  { id, entity }: { id: string; entity: string | null },
  from: string,
  { engine, signal }: { engine: Engine; signal: AbortSignal },
): Promise<NumberKey | null> {
  const spans = [id, ...(entity === null ? [] : [entity])].flatMap((column, i) => [
    `min(${quoted(column)})::DOUBLE AS low${i}`,
    `max(${quoted(column)})::DOUBLE AS high${i}`,
  ]);
  const [row] = await engine.rows({
    sql: `SELECT count(*) AS n, count(${quoted(id)}) AS ids, ${spans.join(", ")} ${from}`,
    signal,
  });
  const n = Number(row?.n ?? 0);
  if (n === 0 || Number(row?.ids) < n) return null;
  const most = Math.min(MOST_BITS, n * BITS_A_ROW);
  const low = [Number(row?.low0), Number(row?.low1)];
  const range = [Number(row?.high0) - Number(row?.low0) + 1, Number(row?.high1) - Number(row?.low1) + 1];
  // Beyond what a double tells apart a bound would be another number.
  if (![...low, ...range].every((one) => Number.isNaN(one) || Math.abs(one) < 2 ** 53)) return null;
  const part = (column: string, i: number) => `(${quoted(column)}::BIGINT - (${low[i]})::BIGINT)`;
  const [ids = 0, people = Number.NaN] = range;
  if (entity !== null && ids * people <= most) {
    return { key: `${part(id, 0)} * ${people} + ${part(entity, 1)}`, range: ids * people, isWhole: true };
  }
  return ids <= most && ids >= n ? { key: part(id, 0), range: ids, isWhole: false } : null;
}

function isWhole(type: string): boolean {
  return /^(TINY|SMALL|BIG|UTINY|USMALL|U)?INT(EGER)?$/.test(type);
}
