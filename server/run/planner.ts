import { join } from "node:path";
import { engineVersion } from "../engine/duckdb.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { Ask, RelationAsk } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import type { Cut } from "./cut.ts";
import { engineSoon } from "./engine-soon.ts";
import type { Engines } from "./engines.ts";
import { Fingerprints } from "./fingerprint.ts";
import { FIRST_NOTEBOOK } from "./first-notebook.ts";
import { type LastRun, LastRuns } from "./last-run.ts";
import { type Located, locate } from "./locate.ts";
import { lockBeside } from "./lock/beside.ts";
import { historyFolder as placeOfHistory } from "./membership/place.ts";
import { type Plan, planNotebook } from "./plan.ts";
import { planView } from "./plan-view.ts";
import { RecentPlan } from "./recent-plan.ts";
import { StudyMemories } from "./study-memories.ts";
import { StudyMemory } from "./study-memory.ts";
import type { Workspace } from "./workspace.ts";

export interface At {
  /** What `now` means: milliseconds since 1970. */
  readonly now: number;
  /** Which rows of sources are as if they were not there; absent where all are there. */
  readonly until?: Cut | null;
  /** Whether what comes of it is to be recorded; absent where it is not. */
  readonly isRefresh?: boolean;
  /** Whether it is held against the lock; absent where it is not. */
  readonly isLocked?: boolean;
  readonly signal: AbortSignal;
}

/** Makes a workspace's plans, with what it remembers of studies, files and the plan before. */
export class Planner {
  readonly lastRuns: LastRuns;
  private readonly fingerprints: Fingerprints;
  private readonly memories: StudyMemories;
  private readonly recent = new RecentPlan();

  constructor(
    private readonly workspace: Workspace,
    private readonly engines: Engines,
    private readonly cache: ResultCache,
  ) {
    this.fingerprints = new Fingerprints(join(workspace.state, "fingerprints"));
    this.lastRuns = new LastRuns(join(workspace.state, "last-runs"));
    this.memories = new StudyMemories(join(workspace.state, "studies"), engineVersion);
  }

  async plan(ask: Ask, at: At): Promise<Plan> {
    const plan = await this.planWith(await this.memories.of(ask.path), ask, at);
    this.memories.saveSoon(ask.path);
    return plan;
  }

  /** A plan with the last run's `now`, which others may take for a while. */
  async fresh(ask: Ask, signal: AbortSignal): Promise<{ plan: Plan; last: LastRun }> {
    const last = await this.lastRuns.read(ask.path);
    const plan = await this.recent.anew(markOf(ask, last), this.made(ask, last), signal);
    return { plan, last };
  }

  /** A plan of the same words that was just made, else one that is made now. */
  async recently(ask: Ask, signal: AbortSignal): Promise<{ plan: Plan; last: LastRun }> {
    const last = await this.lastRuns.read(ask.path);
    return { plan: await this.recent.of(markOf(ask, last), this.made(ask, last), signal), last };
  }

  /** Where a relation's rows lie. */
  async locate(ask: RelationAsk, signal: AbortSignal): Promise<Located | Problem> {
    const kept = ask.key === null ? null : await this.kept(ask, ask.key);
    if (kept !== null) return kept;
    const { plan, last } = await this.recently(ask, signal);
    const found = await locate(plan, ask.relation, this.cache);
    if (!("code" in found)) return found;
    // The plan may be from just before the relation was computed.
    const anew = await this.recent.anew(markOf(ask, last), this.made(ask, last), signal);
    return locate(anew, ask.relation, this.cache);
  }

  /** Loads what the first question will need, long before it is asked: the engine, tables of zones, compiled code. */
  async prepare(signal: AbortSignal): Promise<void> {
    const ask = { path: "", text: FIRST_NOTEBOOK, set: {}, asOf: null };
    const plan = await this.planWith(await StudyMemory.open("", ""), ask, { now: Date.now(), signal });
    planView(plan, { now: null, parts: {}, spans: {}, unfinished: {} });
  }

  /** A run has changed what there is. */
  async ran(path: string): Promise<void> {
    this.recent.forget();
    await this.memories.save(path);
  }

  async tidy(): Promise<void> {
    await this.memories.tidy();
  }

  async close(): Promise<void> {
    await this.memories.close();
  }

  /** The result of a key, where it is still there; nothing is planned for it. */
  private async kept({ text, relation }: RelationAsk, key: string): Promise<Located | null> {
    const { head, cells } = parseNotebook(text);
    const found = await this.cache.find(key);
    const result = found === null ? null : await this.cache.intactly(found);
    const stored = result?.relations.find((one) => one.suffix === suffixOf(relation, cells));
    if (stored === undefined) return null;
    const engine = engineSoon(this.engines.in(head.timezone));
    return { engine, key, file: this.cache.path({ key }, stored), stored };
  }

  /** Shared by whoever asks meanwhile, and ended when all of them have gone. */
  private made(ask: Ask, last: LastRun): (signal: AbortSignal) => Promise<Plan> {
    return (signal) => this.plan(ask, { now: nowOf(last), signal });
  }

  private planWith(memory: StudyMemory, ask: Ask, at: At): Promise<Plan> {
    const { now, until = null, isRefresh = false, isLocked = false, signal } = at;
    const notebook = parseNotebook(ask.text);
    const engine = engineSoon(this.engines.in(notebook.head.timezone));
    const files = { folder: this.workspace.data, fingerprints: this.fingerprints };
    const { set, asOf, rebaselines = [] } = ask;
    const historyFolder = (entity: string) => placeOfHistory(this.workspace.membership, ask.path, entity);
    const readLock = () => lockBeside(this.workspace.root, ask.path);
    const around = { notebook, engine, cache: this.cache, files, memory, historyFolder, readLock };
    return planNotebook({ ...around, set, asOf, rebaselines, now, until, isRefresh, isLocked, signal });
  }
}

/** What follows the cell's id in a relation's name; null where no cell can yield it. */
function suffixOf(relation: string, cells: readonly Cell[]): string | null {
  const ids = cells.map(({ id }) => id).filter((id) => relation.startsWith(id));
  const [longest] = ids.sort((a, b) => b.length - a.length);
  return longest === undefined ? null : relation.slice(longest.length);
}

/** Looking at a notebook shows what its last run made. */
function nowOf(last: LastRun): number {
  return last.now ?? Date.now();
}

function markOf({ path, text, set, asOf, rebaselines = [] }: Ask, last: LastRun): string {
  return JSON.stringify([path, text, set, asOf, rebaselines, last.now]);
}
