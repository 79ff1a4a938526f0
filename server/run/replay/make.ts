import type { Engine } from "../../engine/engine.ts";
import { weeklyClocks } from "../../language/replay/moments.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { ResultCache } from "../cache.ts";
import type { Plan } from "../plan.ts";
import { rowsOfRead } from "../reading.ts";
import { offsetTime } from "../wall-time.ts";
import type { ReplayGoal } from "./goal.ts";
import { type Masks, masksSql, movesOf } from "./masks.ts";
import { Scratch } from "./scratch.ts";
import { ratesOf, sendsOf } from "./sends.ts";
import { memberSql } from "./statements.ts";
import type { ReplayView } from "./view.ts";
import { walk } from "./walk.ts";

/** What is kept of a replay, for whoever asks for a week's people. */
export interface Made {
  readonly view: ReplayView;
  readonly masks: Masks;
  readonly engine: Engine;
}

export interface Making {
  readonly cache: ResultCache;
  readonly weeks: number;
  tell(share: number): void;
  readonly signal: AbortSignal;
}

/** Goes through the weeks; everything that the segment is made of must have been computed. */
export async function make(
  plan: Plan,
  goal: ReplayGoal,
  { cache, weeks, tell, signal }: Making,
): Promise<Made | Problem> {
  const { engine } = plan.studies.request;
  const { entity } = plan.notebook.head;
  const { segment, column, studied } = goal;
  const { id } = studied.cell;
  const clocks = weeklyClocks(plan.clock, weeks);
  const scratch = new Scratch(engine, signal);
  try {
    const members = scratch.name("members");
    const walked = await walk({ plan, cache, signal }, { goal, clocks, scratch }, async ({ index, make, add }) => {
      tell((index + 1) / (clocks.length + 2));
      const found = memberSql({ goal: id, column, segment, entity, index });
      await (index === 0 ? make(members, found) : add(members, found));
    });
    if (isProblem(walked)) return walked;
    const masks = { table: scratch.name("masks"), moments: clocks.length };
    await scratch.make({ table: masks.table, sql: masksSql(members), drop: null });
    const moves = await movesOf(masks, engine, signal);
    const sends = await sendsOf(plan, id);
    const rates = sends === null ? null : await ratesWith({ sends, plan, clocks, masks, cache, signal });
    const at = (index: number) => offsetTime(clocks[index]?.asOf ?? 0, plan.clock.zone);
    const view: ReplayView = {
      ...{ cell: id, segment, entity, asOf: at(weeks) },
      weeks: moves.map((move, index) => ({
        ...{ from: at(index), until: at(index + 1), ...move },
        sends: rates?.weeks[index] ?? null,
      })),
      sends: rates?.about ?? null,
      notes: [...walked.notes],
      read: [...walked.read],
    };
    scratch.keep(masks.table);
    return { view, masks, engine };
  } finally {
    await scratch.drop();
  }
}

async function ratesWith({
  sends,
  plan,
  clocks,
  masks,
  cache,
  signal,
}: Omit<Parameters<typeof ratesOf>[0], "columns" | "rows" | "entity"> & {
  plan: Plan;
  cache: ResultCache;
  signal: AbortSignal;
}) {
  const { studies, notebook } = plan;
  const holder = await studies.holder(sends.relation);
  const stored = holder?.part ? await cache.find(holder.part.key) : null;
  const columns = stored?.relations.find((one) => one.suffix === holder?.suffix)?.columns;
  if (columns === undefined) return null;
  const rows = await rowsOfRead(sends.relation, studies);
  const { engine } = studies.request;
  return ratesOf({ sends, columns, rows, entity: notebook.head.entity, clocks, masks }, { engine, signal });
}
