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
import { orderSteps } from "../order.ts";
import type { Plan } from "../plan.ts";
import type { Planner } from "../planner.ts";
import type { KeptScans } from "../scans/kept-scans.ts";
import type { Turns } from "../turns.ts";
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
    return isProblem(made) ? made : peopleOf(made.masks, ask, { engine: made.engine, signal });
  }

  private async of(ask: ReplayAsk, tell: (share: number) => void, signal: AbortSignal): Promise<Made | Problem> {
    const { planner } = this.room;
    const before = await planner.recently(ask, signal);
    const goal = goalOf(before.plan, ask);
    if (isProblem(goal)) return goal;
    const ready = await this.ready(before.plan, goal, signal);
    if (isProblem(ready)) return ready;
    const plan = ready === "as it was" ? before.plan : (await planner.fresh(ask, signal)).plan;
    const again = goalOf(plan, ask);
    if (isProblem(again)) return again;
    const key = keyOf(plan, again, ask);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const made = await make(plan, again, { cache: this.room.cache, weeks: ask.weeks ?? YEAR_WEEKS, tell, signal });
    if (isProblem(made)) return made;
    this.made.set(key, made);
    await this.forget();
    return made;
  }

  /** Sees to it that what the segment is made of has been computed. */
  private async ready(plan: Plan, goal: ReplayGoal, signal: AbortSignal): Promise<"as it was" | "computed" | Problem> {
    const sends = await sendsOf(plan, goal.studied.cell.id);
    const wanted = [...goal.studied.relations, ...(sends === null ? [] : [sends.relation])];
    const steps = await orderSteps(plan, wanted);
    if (steps.every(({ parts }) => parts.length > 0 && parts.every(({ stored }) => stored !== null)))
      return "as it was";
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
    if (failed === undefined) return "computed";
    const { id } = failed.studied.cell;
    const [why] = failed.problems.filter(({ severity }) => severity === "error");
    return why ?? notThere(id);
  }

  private async forget(): Promise<void> {
    for (const [key, { engine, masks }] of [...this.made].slice(0, Math.max(0, this.made.size - MOST_MADE))) {
      this.made.delete(key);
      await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(masks.table)}` });
    }
  }
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
