import type { LookContext } from "../../cells/kind.ts";
import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { weeklyClocks } from "../../language/replay/moments.ts";
import { planReplay } from "../../language/replay/replay.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { ResultCache } from "../cache.ts";
import type { Plan } from "../plan.ts";
import { rowsOfRead } from "../reading.ts";
import { lookContext } from "../scans/look.ts";
import type { StudiedCell } from "../studied.ts";
import { offsetTime } from "../wall-time.ts";
import { type Chain, chainOf } from "./chain.ts";
import type { ReplayGoal } from "./goal.ts";
import { type Masks, masksSql, movesOf } from "./masks.ts";
import { notesOf } from "./notes.ts";
import { Scratch } from "./scratch.ts";
import { ratesOf, sendsOf } from "./sends.ts";
import { type AtMoment, membersAtSql, statementsAt } from "./statements.ts";
import type { ReplayView } from "./view.ts";

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
  const { studies, notebook } = plan;
  const { engine } = studies.request;
  const contextOf = (studied: StudiedCell): LookContext => lookContext(studied, { studies, cache, signal });
  const chain = await chainOf(goal, { studies, contextOf });
  const clocks = weeklyClocks(plan.clock, weeks);
  const moments: AtMoment[] = [];
  for (const clock of clocks) {
    signal.throwIfAborted();
    const at = await statementsAt(clock, chain.links, ({ studied }) => contextOf(studied));
    if (isProblem(at)) return at;
    moments.push(at);
  }
  const texts = [...chain.links.map(({ studied }) => studied.cell.body), notebook.head.exclude ?? ""];
  const events = await Promise.all(chain.links.map(({ studied }) => contextOf(studied).events(texts)));
  const scratch = new Scratch(engine, signal);
  try {
    const replay = planReplay({ moments, events: events.flat(), table: (hint) => scratch.name(hint) });
    const over = await relationsOf(chain, plan);
    for (const step of replay.once) await scratch.make({ ...step, sql: over(step.sql) });
    const members = scratch.name("members");
    const { entity } = notebook.head;
    const { segment, column } = goal;
    for (const [index, { steps, kept }] of replay.moments.entries()) {
      const at = moments[index];
      if (at === undefined) throw new Error("a moment is missing");
      tell((index + 1) / (moments.length + 2));
      for (const step of steps) await scratch.make(step);
      const found = { goal: goal.studied.cell.id, column, segment, entity, index };
      const sql = over(membersAtSql(at.tables(kept), found));
      const { parameters } = at;
      if (index === 0) await scratch.make({ table: members, sql, drop: null }, parameters);
      else await engine.execute({ sql: `INSERT INTO ${quoted(members)}\n${sql}`, parameters, signal });
    }
    const masks = { table: scratch.name("masks"), moments: moments.length };
    await scratch.make({ table: masks.table, sql: masksSql(members), drop: null });
    const moves = await movesOf(masks, engine, signal);
    const sends = await sendsOf(plan, goal.studied.cell.id);
    const rates = sends === null ? null : await ratesWith({ sends, plan, clocks, masks, cache, signal });
    const at = (index: number) => offsetTime(clocks[index]?.asOf ?? 0, plan.clock.zone);
    const view: ReplayView = {
      ...{ cell: goal.studied.cell.id, segment, entity, asOf: at(weeks) },
      weeks: moves.map((move, index) => ({
        ...{ from: at(index), until: at(index + 1), ...move },
        sends: rates?.weeks[index] ?? null,
      })),
      sends: rates?.about ?? null,
      notes: notesOf(chain),
      read: [...new Set(moments.flatMap(({ passes }) => passes.flatMap((pass) => pass.reads)))],
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

/** A query with the relations that it names, as they were computed, as tables of its own. */
export async function relationsOf(chain: Chain, { studies }: Plan): Promise<(sql: string) => string> {
  const replayed = new Set(chain.links.map(({ studied }) => studied.cell.id));
  const names = new Set(chain.links.flatMap(({ studied }) => studied.relations));
  const rows = new Map<string, string>();
  for (const name of names) {
    if (replayed.has(name)) continue;
    const found = await rowsOfRead(name, studies).catch(() => null);
    if (found !== null) rows.set(name, found);
  }
  return (sql) => {
    const spoken = [...rows].filter(([name]) => sql.includes(quoted(name)));
    const tables = spoken.map(([name, found]) => `${quoted(name)} AS NOT MATERIALIZED (${found})`);
    return tables.length === 0 ? sql : `WITH ${tables.join(",\n")}\nSELECT * FROM (\n${sql}\n)`;
  };
}
