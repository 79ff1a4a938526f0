import type { ScoreBody } from "../../cells/score.ts";
import type { SegmentsBody } from "../../cells/segments.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Plan } from "../../run/plan.ts";
import type { StudiedCell } from "../../run/studied.ts";
import { type Overlap, overlapOf } from "../../segments/guards/overlap.ts";
import { bodyOf } from "../body-of.ts";
import { keptRows } from "./kept-rows.ts";
import { storedResult } from "./stored.ts";

/** The segments or bands that a cell names, in their order, and where: by the column of its relation and the key of its body. */
export interface Named {
  readonly column: string;
  readonly key: string;
  readonly names: string[];
  /** Whether each person is in one alone. */
  readonly isExclusive: boolean;
}

export function namedIn(studied: StudiedCell): Named | null {
  if (studied.cell.kind === "segments") {
    const body = bodyOf<SegmentsBody>(studied);
    if (body === null) return null;
    return { column: "segment", key: "segments", names: Object.keys(body.segments), isExclusive: body.exclusive };
  }
  const body = studied.cell.kind === "score" ? bodyOf<ScoreBody>(studied) : null;
  return body && { column: "band", key: "bands", names: Object.keys(body.bands), isExclusive: true };
}

/** A segmentation as its last result has it. */
export interface Measured extends Overlap {
  /** Rows of what is segmented; null where they are not known. */
  readonly all: number | null;
}

/** Bits of the engine's whole numbers that a person's segments are marked in. */
const MOST_NAMES = 63;

/** Sizes and shared people, from a result that is there; null without one. */
export async function measured(studied: StudiedCell, plan: Plan, signal: AbortSignal): Promise<Measured | null> {
  const named = namedIn(studied);
  const stored = named && (await storedResult(plan, studied.cell.id));
  if (named === null || stored === null || named.names.length > MOST_NAMES) return null;
  const of = await storedResult(plan, bodyOf<{ readonly of: string }>(studied)?.of ?? "");
  const rows = await keptRows(plan.studies.request.engine, masksSql(named, stored.from, plan), signal);
  if (rows === null) return null;
  const groups = rows.map(([mask, people]) => ({ mask: BigInt(String(mask)), people: Number(people) }));
  return { ...overlapOf(named.names, groups), all: of?.rows ?? null };
}

/** One pass however many segments there are: each person's as the bits of a number, and how many have the same. */
function masksSql({ column, names }: Named, from: string, { notebook }: Plan): string {
  const key = quoted(notebook.head.entity);
  const bits = names.map((name, bit) => `WHEN ${literal(name)} THEN ${1n << BigInt(bit)}::UBIGINT`).join(" ");
  return `SELECT mask::VARCHAR, count(*) FROM (
  SELECT bit_or(CASE ${quoted(column)} ${bits} ELSE 0::UBIGINT END) AS mask FROM ${from} GROUP BY ${key}
) GROUP BY 1 ORDER BY 1`;
}
