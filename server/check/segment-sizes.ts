import type { ScoreBody } from "../cells/score.ts";
import type { SegmentsBody } from "../cells/segments.ts";
import { type Engine, EngineFailure } from "../engine/engine.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { Plan } from "../run/plan.ts";
import { mainPart, type StudiedCell } from "../run/studied.ts";
import { bodyOf } from "./body-of.ts";
import { type Finding, finding } from "./finding.ts";
import type { Check } from "./subject.ts";

/** Fewer people than these tell nothing: one of them more or less moves every rate by points. */
const FEWEST = 30;
/** A segment with a greater share of all people does not tell them apart. */
const NEARLY_ALL = 0.99;
/** Above so many rows the segments are not compared with each other, which takes their square. */
const MOST_ROWS = 3_000_000;

/** Segments that are empty, too small, everybody, or wholly within another; told from results that are there, for nothing is run. */
export const segmentSizes: Check = async ({ plan, signal }) => {
  const found = await Promise.all(plan.cells.map((studied) => sizesIn(studied, plan, signal)));
  return found.flat();
};

async function sizesIn(studied: StudiedCell, plan: Plan, signal: AbortSignal): Promise<Finding[]> {
  const named = namesIn(studied);
  const sizes = named === null ? null : await measured(studied, named.column, { plan, signal });
  if (named === null || sizes === null) return [];
  return named.names.flatMap((name): Finding[] => {
    const people = sizes.people.get(name) ?? 0;
    const place = studied.reading?.at([named.key, name]) ?? null;
    if (people === 0) {
      const message = `Nobody is in \`${name}\`.`;
      const hint = "Look at its parts one by one: which of them lets nobody in?";
      return [finding(studied, place, { code: "segment-empty", message, hint })];
    }
    if (people < FEWEST) {
      const message = `Only ${people} people are in \`${name}\`: too few to measure anything about them.`;
      return [
        finding(studied, place, { code: "segment-small", message, hint: "Widen its rule, or merge it with another." }),
      ];
    }
    if (sizes.all !== null && people / sizes.all > NEARLY_ALL) {
      const message = `\`${name}\` holds ${((100 * people) / sizes.all).toFixed(1)} % of all people: it tells nobody apart.`;
      return [finding(studied, place, { code: "segment-everybody", message, hint: "Narrow its rule." })];
    }
    return sizes.within
      .filter(({ inner }) => inner === name)
      .map(({ outer, isSame }) => {
        const message = isSame
          ? `\`${name}\` and \`${outer}\` hold the same people.`
          : `Everybody in \`${name}\` is in \`${outer}\` too.`;
        const hint = "Say `exclusive: true` where the first is to count alone, or leave it where that is meant.";
        return finding(studied, place, { code: isSame ? "segments-same" : "segment-within", message, hint });
      });
  });
}

function namesIn(studied: StudiedCell): { column: string; key: string; names: string[] } | null {
  if (studied.cell.kind === "segments") {
    const body = bodyOf<SegmentsBody>(studied);
    return body === null ? null : { column: "segment", key: "segments", names: Object.keys(body.segments) };
  }
  const body = studied.cell.kind === "score" ? bodyOf<ScoreBody>(studied) : null;
  return body === null ? null : { column: "band", key: "bands", names: Object.keys(body.bands) };
}

interface Sizes {
  readonly people: ReadonlyMap<string, number>;
  /** Rows of what is segmented; null where they are not known. */
  readonly all: number | null;
  readonly within: readonly { readonly inner: string; readonly outer: string; readonly isSame: boolean }[];
}

/** Of a result, which is the same as long as its key is. */
const kept = new Map<string, Promise<Sizes>>();
const MOST_KEPT = 100;

async function measured(
  studied: StudiedCell,
  column: string,
  { plan, signal }: { plan: Plan; signal: AbortSignal },
): Promise<Sizes | null> {
  const { cache, engine } = plan.studies.request;
  const stored = mainPart(studied)?.stored ?? null;
  const relation = stored?.relations.find(({ suffix }) => suffix === "");
  if (stored === null || relation === undefined) return null;
  const of = bodyOf<{ readonly of: string }>(studied)?.of ?? "";
  const all =
    (await plan.studies.holder(of))?.part?.stored?.relations.find(({ suffix }) => suffix === "")?.rows ?? null;
  const from = `read_parquet(${literal(cache.path(stored, relation))})`;
  const isMany = relation.rows > MOST_ROWS;
  const ask = { from, column, entity: plan.notebook.head.entity, isMany, signal };
  const known = kept.get(stored.key) ?? count(engine, ask);
  kept.set(stored.key, known);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  try {
    return { ...(await known), all };
  } catch (error) {
    kept.delete(stored.key);
    // A result that was put away meanwhile is as good as none.
    if (error instanceof EngineFailure) return null;
    throw error;
  }
}

async function count(
  engine: Engine,
  ask: { from: string; column: string; entity: string; isMany: boolean; signal: AbortSignal },
): Promise<Sizes> {
  const { from, signal } = ask;
  const column = quoted(ask.column);
  const key = quoted(ask.entity);
  const sizes = await engine.table({ sql: `SELECT ${column}, count(*) FROM ${from} GROUP BY 1`, signal });
  const people = new Map(sizes.rows.map(([name, rows]) => [String(name), Number(rows)]));
  if (ask.isMany || ask.column !== "segment") return { people, all: null, within: [] };
  const shared = await engine.table({
    sql: `SELECT a.${column}, b.${column}, count(*) FROM ${from} AS a JOIN ${from} AS b USING (${key})
      WHERE a.${column} <> b.${column} GROUP BY 1, 2 ORDER BY 1, 2`,
    signal,
  });
  const within = shared.rows.flatMap(([one, other, rows]) => {
    const inner = String(one);
    const outer = String(other);
    const isSame = people.get(inner) === people.get(outer);
    // Of two that are the same, the second says so.
    if (Number(rows) !== people.get(inner) || (isSame && inner < outer)) return [];
    return [{ inner, outer, isSame }];
  });
  return { people, all: null, within };
}
