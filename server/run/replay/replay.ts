import { createHash } from "node:crypto";
import { Cancelled } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Ask } from "../asks.ts";
import type { ResultCache } from "../cache.ts";
import { CellCancels } from "../cell-cancels.ts";
import { execute } from "../execute.ts";
import type { Limits } from "../limits.ts";
import { orderSteps, type Step } from "../order.ts";
import type { Plan } from "../plan.ts";
import type { Planner } from "../planner.ts";
import type { KeptScans } from "../scans/kept-scans.ts";
import type { Turns } from "../turns.ts";
import { withinSeconds } from "../within.ts";
import { goalOf, type ReplayGoal } from "./goal.ts";
import { type Made, make } from "./make.ts";
import { peopleOf } from "./masks.ts";
import { sendsOf } from "./sends.ts";
import {
  type ReplayPeople,
  type ReplayPeopleRequest,
  type ReplayRequest,
  type ReplayView,
  YEAR_WEEKS,
} from "./view.ts";

export type ReplayAsk = Ask & Pick<ReplayRequest, "cell" | "segment" | "weeks">;
export type ReplayPeopleAsk = ReplayAsk & Pick<ReplayPeopleRequest, "week" | "who" | "offset" | "limit">;

export interface ReplayRoom {
  readonly planner: Planner;
  readonly cache: ResultCache;
  readonly scans: KeptScans;
  readonly limits: Limits;
  /** Runs are one after another. */
  readonly turns: Turns;
}

/** So many replays are kept. */
const MOST_MADE = 3;

/** Segments over past weeks, by their rules as they are written now. */
export class Replays {
  private readonly made = new Map<string, Made>();

  constructor(private readonly room: ReplayRoom) {}

  async ask(ask: ReplayAsk, tell: (share: number) => void, signal: AbortSignal): Promise<ReplayView | Problem> {
    const made = await this.of(ask, tell, signal);
    return isProblem(made) ? made : made.view;
  }

  /** Who was in, came or went in a week of a replay; one that is not kept any more is made again. */
  async people(ask: ReplayPeopleAsk, signal: AbortSignal): Promise<ReplayPeople | Problem> {
    const made = await this.of(ask, () => undefined, signal);
    if (isProblem(made)) return made;
    const { engine, masks } = made;
    return withinSeconds(this.room.limits.seconds, signal, (signal) => peopleOf(masks, ask, { engine, signal }));
  }

  private async of(ask: ReplayAsk, tell: (share: number) => void, signal: AbortSignal): Promise<Made | Problem> {
    const { planner } = this.room;
    let { plan } = await planner.recently(ask, signal);
    let goal = goalOf(plan, ask);
    if (isProblem(goal)) return goal;
    // A recent plan may be from just before a result was computed; a run that still goes on need not be waited for then.
    if ((await missing(plan, goal)) !== null) {
      plan = (await planner.fresh(ask, signal)).plan;
      const steps = await missing(plan, goal);
      const fault = steps === null ? null : await this.compute(plan, { goal, steps }, signal);
      if (fault !== null) return fault;
      if (steps !== null) plan = (await planner.fresh(ask, signal)).plan;
      goal = goalOf(plan, ask);
      if (isProblem(goal)) return goal;
    }
    const key = keyOf(plan, goal, ask);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const { cache, limits } = this.room;
    const around = { cache, weeks: ask.weeks ?? YEAR_WEEKS, tell };
    const made = await withinSeconds(limits.seconds, signal, (signal) => make(plan, goal, { ...around, signal }));
    if (isProblem(made)) return made;
    // Another may have asked for the same meanwhile.
    const other = this.made.get(key);
    this.made.set(key, made);
    if (other !== undefined) await dropped(other);
    await this.forget();
    return made;
  }

  /** Computes what the segment is made of; tells what keeps it from that. */
  private async compute(
    plan: Plan,
    { goal, steps }: { goal: ReplayGoal; steps: readonly Step[] },
    signal: AbortSignal,
  ): Promise<Problem | null> {
    const { cache, scans, limits, turns } = this.room;
    const cancels = new CellCancels(signal);
    const outcomes = await turns.take(
      () =>
        execute({
          ...{ plan, steps, cache, scans, limits, cancels, isAnew: () => false, first: null },
          clock: () => performance.now(),
          ...{ onStart: () => undefined, onProgress: () => undefined, onDone: () => undefined },
        }),
      signal,
    );
    if (signal.aborted) throw new Cancelled();
    const failed = outcomes.find(
      ({ state, studied }) =>
        state !== "computed" && state !== "found" && goal.studied.relations.includes(studied.cell.id),
    );
    if (failed === undefined) return null;
    const { id } = failed.studied.cell;
    const [why] = failed.problems.filter(({ severity }) => severity === "error");
    return why ?? notThere(id);
  }

  private async forget(): Promise<void> {
    for (const [key, made] of [...this.made].slice(0, Math.max(0, this.made.size - MOST_MADE))) {
      this.made.delete(key);
      await dropped(made);
    }
  }
}

/** What has to run so that the segment's relations and the sends are there; null where nothing has to. */
async function missing(plan: Plan, goal: ReplayGoal): Promise<readonly Step[] | null> {
  const sends = await sendsOf(plan, goal.studied.cell.id);
  const wanted = [...goal.studied.relations, ...(sends === null ? [] : [sends.relation])];
  const steps = await orderSteps(plan, wanted);
  const isThere = ({ parts }: Step) => parts.length > 0 && parts.every(({ stored }) => stored !== null);
  return steps.every(isThere) ? null : steps;
}

async function dropped({ engine, masks }: Made): Promise<void> {
  await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(masks.table)}` });
}

/** The same for the same segment of the same notebook over the same results. */
function keyOf(plan: Plan, { studied, segment }: ReplayGoal, ask: ReplayAsk): string {
  const keys = plan.cells.map((one) => [one.cell.id, one.cell.body, one.parts.map(({ key }) => key)]);
  const parts = [ask.path, plan.clock, plan.notebook.head, studied.cell.id, segment, ask.weeks ?? null, keys];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function notThere(cell: string): Problem {
  const message = `\`${cell}\`, which the segment needs, could not be computed.`;
  const hint = "Run it to see what is wrong.";
  return { code: "not-computed", severity: "error", cell, line: null, column: null, message, hint };
}
