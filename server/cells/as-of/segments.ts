import { name as quoted } from "../../language/quote.ts";
import type { Reads } from "../../language/reads.ts";
import type { LookContext, Read } from "../kind.ts";
import { EXCLUDED } from "../rules.ts";
import { membersSql, type SegmentsBody, segments } from "../segments.ts";
import type { AsOf, Wanted } from "./kinds.ts";
import { readsOf, usesOf } from "./rule-uses.ts";

const HELD = quoted("segbook held");

/** Who is in which of the wanted segments. */
export const segmentsAsOf: AsOf = {
  async uses(reading, context, wanted) {
    const { body, read } = await needed(reading, context, wanted);
    return usesOf(body.of, read.values(), context.cell.id);
  },

  async statement(reading, context, wanted) {
    const { body } = await needed(reading, context, wanted);
    const compiled = await segments.statement?.({ ...(reading as Read<SegmentsBody>), body }, context, null);
    if (compiled === undefined) throw new Error("segments have no statement");
    if (!compiled.ok) return compiled;
    const around = (sql: string) => `WITH ${HELD} AS (\n${sql}\n)\n${membersSql("segbook held", body, context.head)}`;
    return { ...compiled, sql: around(compiled.sql), over: (kept) => around(compiled.over(kept)) };
  },
};

/** The cell with the wanted segments, and with those that decide on them; and what its rules read, the head's `exclude` among them. */
async function needed(reading: Read<unknown>, context: LookContext, { segments: wanted }: Wanted) {
  const { body } = reading as Read<SegmentsBody>;
  const names = Object.keys(body.segments);
  const exclude = context.head.exclude;
  const texts = new Map([
    ...Object.entries(body.segments),
    ...(exclude === null ? [] : [[EXCLUDED, exclude] as const]),
  ]);
  const read = await readsOf({ of: body.of, texts, own: names }, context);
  const isWhole = wanted === null || body.exclusive || wanted.some((name) => name === body.otherwise);
  const kept = isWhole ? new Set(names) : closure(wanted, read, context.cell.id);
  for (const name of read.keys()) if (name !== EXCLUDED && !kept.has(name)) read.delete(name);
  const own = Object.fromEntries(Object.entries(body.segments).filter(([name]) => kept.has(name)));
  return { body: { ...body, segments: own, otherwise: isWhole ? body.otherwise : null }, read };
}

/** Segments with those of the same cell that they name, directly or not. */
function closure(names: readonly string[], read: ReadonlyMap<string, Reads>, cell: string): Set<string> {
  const kept = new Set(names);
  for (const name of kept)
    for (const segment of read.get(name)?.segments ?? []) if (segment.cell === cell) kept.add(segment.name);
  return kept;
}
