import { replaceBody } from "../../notebook/edit/replace-body.ts";
import type { Cause } from "../../segments/membership/model.ts";
import type { Ask } from "../asks.ts";
import type { KeyParts } from "../key.ts";
import type { Limits } from "../limits.ts";
import { type History, recordedText } from "../membership/read.ts";
import type { Plan } from "../plan.ts";
import type { At } from "../planner.ts";
import type { KeptScans } from "../scans/kept-scans.ts";
import { mainPart, type StudiedCell } from "../studied.ts";
import { cutAt, dataCause, SourceDigests, sourcesOf } from "./sources.ts";
import { type InWorld, inWorld, type There } from "./world.ts";

export interface Circumstances {
  readonly ask: Ask;
  /** The plan of today. */
  readonly plan: Plan;
  readonly history: History;
  readonly limits: Limits;
  readonly scans: KeptScans;
  readonly signal: AbortSignal;
  planned(ask: Ask, at: Omit<At, "signal">): Promise<Plan>;
}

/** One of the steps from what was recorded of a cell to what is now, with the cell's result after it. */
export interface CellStep {
  /** Null after the last one: what is now. */
  readonly world: There | null;
  /** To what it is due, for each of the cell's segments. */
  cause(segment: string): Cause;
}

/** The steps of one cell, or why they can't be told. */
export type CellSteps = { readonly steps: readonly CellStep[] } | { readonly why: string };

/**
 * The steps that lead from a refresh to today, for cells that were last recorded then: the notebook as it was over
 * today's rows from before that refresh (data, late data), the same at today's moment (time), with the events since
 * (behaviour), and then what was written otherwise, that which the cell reads before the cell itself (upstream, rule).
 */
export async function stepsSince(
  refresh: number,
  cells: readonly StudiedCell[],
  around: Circumstances,
): Promise<Map<string, CellSteps>> {
  const { history, plan, ask, limits, scans, signal } = around;
  const untold = (why: string) => new Map(cells.map(({ cell }) => [cell.id, { why }]));
  const before = history.manifest.refreshes[refresh - 1];
  const text = await recordedText(history, refresh);
  if (before === undefined || text === null) return untold("The notebook as it was at the last refresh is not there.");
  const was: Ask = { path: ask.path, text, set: before.set, asOf: null };
  const [then, now] = [iso(before.asOf), iso(plan.clock.asOf)];
  const at = { now: plan.clock.asOf };
  const recorded = cells.flatMap(({ cell }) => history.manifest.cells[cell.id] ?? []);
  const until = cutAt(before.asOf, recorded);
  const plans = {
    data: await around.planned({ ...was, asOf: then }, { ...at, until }),
    time: await around.planned({ ...was, asOf: now }, { ...at, until }),
    behaviour: await around.planned({ ...was, asOf: now }, at),
  };
  const ids = cells.map(({ cell }) => cell.id);
  const run = (which: Plan) => inWorld(which, ids, { limits, scans, signal });
  const worlds = { data: await run(plans.data), time: await run(plans.time), behaviour: await run(plans.behaviour) };
  const digests = new SourceDigests(plans.data, signal);
  const found = new Map<string, CellSteps>();
  for (const studied of cells) {
    const { id } = studied.cell;
    const [data, time, behaviour] = [worlds.data.get(id), worlds.time.get(id), worlds.behaviour.get(id)];
    const missing = [data, time, behaviour].find((world) => world === undefined || "why" in world);
    if (!isThere(data) || !isThere(time) || !isThere(behaviour)) {
      const why = missing !== undefined && "why" in missing ? missing.why : "";
      found.set(id, { why: `\`${id}\` as it was at the last refresh can't be run over today's data. ${why}`.trim() });
      continue;
    }
    const sources = await sourcesOf(plans.data, data.studied);
    const from = history.manifest.cells[id]?.sources ?? {};
    const byData = await dataCause(from, sources, { digests, moment: before.asOf });
    const steps: CellStep[] = [
      { world: data, cause: () => byData },
      { world: time, cause: () => "time" },
      { world: behaviour, cause: () => "behaviour" },
      ...(await definitionSteps({ studied, was: behaviour.studied, text }, around)),
    ];
    // Whatever the last of them is, what is now comes after it.
    found.set(id, {
      steps: steps.map((step, index) => (index === steps.length - 1 ? { ...step, world: null } : step)),
    });
  }
  return found;
}

interface Defined {
  readonly studied: StudiedCell;
  /** The cell as it was, over today's data. */
  readonly was: StudiedCell;
  /** The notebook's text as it was. */
  readonly text: string;
}

/** What was written otherwise: none where the cell comes to the very same result. */
async function definitionSteps({ studied, was, text }: Defined, around: Circumstances): Promise<CellStep[]> {
  const [before, now] = [mainPart(was), mainPart(studied)];
  if (before === null || now === null || before.key === now.key) return [];
  const isOwn = ownText(before.parts) !== ownText(now.parts);
  const isUpstream = JSON.stringify(before.parts.reads) !== JSON.stringify(now.parts.reads);
  const rule: CellStep = { world: null, cause: ruleCause(was, studied) };
  const upstream: CellStep = { world: null, cause: () => "upstream" };
  if (!isOwn || !isUpstream) return [isOwn ? rule : upstream];
  // Both: the notebook as it is with the cell as it was, or else the other way round, tells the one from the other.
  const { id } = studied.cell;
  const asWas = await hybrid({ ...around.ask, text: replaced(around.ask.text, id, was.cell.body) }, id, around);
  if (asWas !== null) return [{ ...upstream, world: asWas }, rule];
  const { refreshes } = around.history.manifest;
  const set = refreshes[(around.history.manifest.cells[id]?.refresh ?? 0) - 1]?.set ?? {};
  const asIs = await hybrid({ ...around.ask, set, text: replaced(text, id, studied.cell.body) }, id, around);
  if (asIs !== null) return [{ ...rule, world: asIs }, upstream];
  return [{ world: null, cause: () => "unknown" }];
}

async function hybrid(
  { text, ...ask }: Omit<Ask, "text"> & { text: string | null },
  id: string,
  { planned, plan, limits, scans, signal }: Circumstances,
) {
  if (text === null) return null;
  const made = await planned({ ...ask, text, asOf: iso(plan.clock.asOf) }, { now: plan.clock.asOf });
  const world = (await inWorld(made, [id], { limits, scans, signal })).get(id);
  return isThere(world) ? world : null;
}

function replaced(text: string, id: string, body: string): string | null {
  const edited = replaceBody(text, id, body);
  return typeof edited === "string" ? edited : null;
}

/** A segment whose own text is the same came to be another by those of its cell that it depends on. */
function ruleCause(was: StudiedCell, now: StudiedCell): (segment: string) => Cause {
  const texts = ({ reading }: StudiedCell) => {
    const body = reading?.body as { segments?: Record<string, string> } | null;
    return body?.segments ?? null;
  };
  const [before, after] = [texts(was), texts(now)];
  if (before === null || after === null || JSON.stringify(before) === JSON.stringify(after)) return () => "rule";
  return (segment) => (segment in before && before[segment] === after[segment] ? "upstream" : "rule");
}

/** What stands in the cell's key for its own text and for what the head and the inputs give it. */
function ownText({ body, inputs, types, seed, head, zone, kind }: KeyParts): string {
  return JSON.stringify([body, inputs, types, seed, head, zone, kind]);
}

function isThere(world: InWorld | undefined): world is There {
  return world !== undefined && "stored" in world;
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
