import { join } from "node:path";
import type { EngineWord } from "../engine/complete.ts";
import { engineVersion } from "../engine/duckdb.ts";
import type { Notebook, Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { ResultCache } from "./cache.ts";
import { CellCancels } from "./cell-cancels.ts";
import { cellView } from "./cell-view.ts";
import { type CompareAsk, sideOf } from "./compare/ask.ts";
import { compareResults } from "./compare/notebooks.ts";
import type { CompareView } from "./compare/view.ts";
import { engineSoon } from "./engine-soon.ts";
import { Engines } from "./engines.ts";
import { Fingerprints } from "./fingerprint.ts";
import { FIRST_NOTEBOOK } from "./first-notebook.ts";
import type { InputSet } from "./inputs.ts";
import { type LastRun, LastRuns } from "./last-run.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { type Located, locate } from "./locate.ts";
import type { MadeLock } from "./lock/model.ts";
import { resultPage } from "./page.ts";
import { type Plan, planNotebook } from "./plan.ts";
import { RecentPlan } from "./recent-plan.ts";
import { type Renaming, rename } from "./rename/rename.ts";
import { runNotebook } from "./run-notebook.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";
import { StudyMemories } from "./study-memories.ts";
import { StudyMemory } from "./study-memory.ts";
import { summarise } from "./summary.ts";
import { isTidyDue, tidyCache } from "./tidy.ts";
import type { CellView, PlanView, RenameView, ResultPage, SummaryView } from "./view.ts";
import { offsetTime } from "./wall-time.ts";
import type { Workspace } from "./workspace.ts";

/** A notebook's text and what it is to be read with. */
export interface Ask {
  /** Where the notebook lies; names what is remembered of its last run. */
  readonly path: string;
  readonly text: string;
  readonly set: InputSet;
  readonly asOf: string | null;
}

export interface RunAsk extends Ask {
  /** Cells or relations that are wanted, with what they need; null is every cell. */
  readonly cells: readonly string[] | null;
  /** Whether everything that runs is computed though its result is there. */
  readonly noCache: boolean;
  /** Cells that are computed though their results are there; what they read is not. */
  readonly recompute: readonly string[];
  /** The cell or relation that is wanted soonest. */
  readonly first: string | null;
  /** Names the run, so that one of its cells can be cancelled. */
  readonly run: string | null;
  /** `new` takes the present for `now`, `last` the last run's, a number that moment in milliseconds since 1970. */
  readonly now: "new" | "last" | number;
  /** Whether the answer holds what the lock tells of the run. */
  readonly lock: boolean;
}

export interface RunListener {
  started(cells: number): void;
  /** Each cell is told at most once in a state that is an outcome. */
  cell(view: CellView, progress: number | null, finished: number): void;
}

export interface RunResult {
  readonly state: "done" | "failed" | "cancelled";
  /** Each after those that it reads, whenever it ended. */
  readonly cells: readonly CellView[];
  /** Those that are not a cell's. */
  readonly problems: readonly Problem[];
  /** Where it was asked for, and the run was not cancelled. */
  readonly lock: MadeLock | null;
}

export interface RelationAsk extends Ask {
  readonly relation: string;
}

export interface PageAsk extends RelationAsk {
  readonly offset: number;
  readonly limit: number;
  readonly sort: string | null;
  readonly descending: boolean;
}

export interface RelationFile {
  readonly file: string;
  readonly columns: readonly { name: string; type: string }[];
  readonly rows: number;
}

/** Results take at most so much of the disk, in bytes. */
const CACHE_LIMIT = 20 * 1024 ** 3;

/** Everything that can be asked of one workspace's notebooks: the same code below the page and the command line. */
export class Session {
  private readonly engines: Engines;
  private readonly cache: ResultCache;
  private readonly fingerprints: Fingerprints;
  private readonly lastRuns: LastRuns;
  private readonly memories: StudyMemories;
  private readonly recent = new RecentPlan();
  /** Runs that go on, by their names. */
  private readonly running = new Map<string, CellCancels>();
  /** Runs are one after another: they share the engine's names. Pages and plans do not wait for them. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly workspace: Workspace,
    private readonly limits: Limits = defaultLimits(workspace.root),
  ) {
    this.engines = new Engines(workspace, limits);
    this.cache = new ResultCache(workspace.cache);
    this.fingerprints = new Fingerprints(join(workspace.state, "fingerprints"));
    this.lastRuns = new LastRuns(join(workspace.state, "last-runs"));
    this.memories = new StudyMemories(join(workspace.state, "studies"), engineVersion);
  }

  async plan(ask: Ask, signal: AbortSignal): Promise<PlanView> {
    const last = await this.lastRuns.read(ask.path);
    const plan = await this.planned(ask, last.now ?? Date.now(), signal);
    // Kept once it is whole: a plan that its asker calls off must not end what others wait for.
    void this.recent.keep(markOf(ask, last), Promise.resolve(plan));
    return planView(plan, last);
  }

  /** The plan itself beside its view, for whoever looks into it. A plan of the same words that was just made is taken again. */
  async inspect(ask: Ask): Promise<{ plan: Plan; view: PlanView; state: string }> {
    const last = await this.lastRuns.read(ask.path);
    // Shared by whoever asks meanwhile, so nobody's cancel ends it.
    const make = () => this.planned(ask, last.now ?? Date.now(), new AbortController().signal);
    const plan = await this.recent.of(markOf(ask, last), make);
    return { plan, view: planView(plan, last), state: this.workspace.state };
  }

  async run(ask: RunAsk, listener: RunListener, signal: AbortSignal): Promise<RunResult> {
    const turn = this.queue.then(() => this.runNow(ask, listener, signal));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** What one text of the notebook has for results that another has not: both are run with one `now`. */
  async compare(ask: CompareAsk, listener: RunListener, signal: AbortSignal): Promise<CompareView> {
    const turn = this.queue.then(() => this.compareNow(ask, listener, signal));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Ends one cell of a run: what reads it is blocked, the others go on. False where no such run goes on. */
  cancelCell({ run, cell }: { run: string; cell: string }): boolean {
    const cancels = this.running.get(run);
    cancels?.cancel(cell);
    return cancels !== undefined;
  }

  async page(ask: PageAsk, signal: AbortSignal): Promise<ResultPage | Problem> {
    const found = await this.located(ask, signal);
    return "code" in found ? found : resultPage(found.engine, { ...ask, ...found }, signal);
  }

  async summary(ask: RelationAsk, signal: AbortSignal): Promise<SummaryView | Problem> {
    const found = await this.located(ask, signal);
    return "code" in found ? found : summarise(found.engine, { ...found, relation: ask.relation }, signal);
  }

  /** The results that there are, all of one plan. */
  async snapshot(ask: Ask, signal: AbortSignal): Promise<Snapshot> {
    const last = await this.lastRuns.read(ask.path);
    const plan = await this.planned(ask, last.now ?? Date.now(), signal);
    return snapshotOf(plan, planView(plan, last), { cache: this.cache, signal });
  }

  /** Gives a cell another id everywhere it is read. */
  async rename(ask: Renaming, signal: AbortSignal): Promise<RenameView | Problem> {
    const engine = await this.engines.in(parseNotebook(ask.text).head.timezone);
    signal.throwIfAborted();
    return rename(ask, engine);
  }

  /** Words of the engine's that may follow a text of the notebook's SQL. */
  async complete({ text, before }: { text: string; before: string }): Promise<EngineWord[]> {
    const engine = await this.engines.in(parseNotebook(text).head.timezone);
    return engine.complete(before);
  }

  /** Where a relation's rows lie, for exports by the command line. */
  async file(ask: RelationAsk, signal: AbortSignal): Promise<RelationFile | Problem> {
    const found = await this.located(ask, signal);
    return "code" in found ? found : { file: found.file, columns: found.stored.columns, rows: found.stored.rows };
  }

  /** Loads what the first question will need, long before it is asked: the engine, tables of zones, compiled code. */
  async prepare(signal: AbortSignal): Promise<void> {
    const ask = { path: "", text: FIRST_NOTEBOOK, set: {}, asOf: null };
    const memory = await StudyMemory.open("", "");
    planView(await this.planWith(memory, ask, { now: Date.now(), signal }), { now: null, parts: {}, spans: {} });
  }

  async close(): Promise<void> {
    await this.memories.close();
    await this.engines.close();
  }

  private async runNow(ask: RunAsk, listener: RunListener, signal: AbortSignal): Promise<RunResult> {
    const last = await this.lastRuns.read(ask.path);
    const kept = ask.now === "last" ? last.now : ask.now === "new" ? null : ask.now;
    const now = kept ?? Date.now();
    const plan = await this.planned(ask, now, signal);
    const cancels = new CellCancels(signal);
    if (ask.run !== null) this.running.set(ask.run, cancels);
    try {
      const { cache, lastRuns, limits } = this;
      return await runNotebook({ ask, plan, now, last, lastRuns, cache, limits, cancels, listener });
    } finally {
      if (ask.run !== null) this.running.delete(ask.run);
      this.recent.forget();
      await this.memories.save(ask.path);
      await this.tidy(plan);
    }
  }

  private async compareNow(ask: CompareAsk, listener: RunListener, signal: AbortSignal): Promise<CompareView> {
    signal.throwIfAborted();
    const last = await this.lastRuns.read(ask.path);
    const now = last.now ?? Date.now();
    const before = await this.planned(sideOf(ask, "before"), now, signal);
    const after = await this.planned(sideOf(ask, "after"), now, signal);
    const { cache, limits } = this;
    const { engine } = after.studies.request;
    return compareResults({ before, after, cache, limits, engine, listener, signal });
  }

  private async tidy(plan: Plan): Promise<void> {
    const now = Date.now();
    const folder = this.workspace.cache;
    const keep = new Set(plan.cells.flatMap((studied) => studied.parts.map((part) => part.key)));
    try {
      if (!(await isTidyDue(folder, now))) return;
      await tidyCache({ folder, limit: CACHE_LIMIT, keep, now });
      await this.memories.tidy();
    } catch {
      // A full or read-only disk is told by what can't be kept on it.
    }
  }

  private async located(ask: RelationAsk, signal: AbortSignal): Promise<Located | Problem> {
    const last = await this.lastRuns.read(ask.path);
    signal.throwIfAborted();
    // Shared by whoever asks meanwhile, so nobody's cancel ends it.
    const make = () => this.planned(ask, last.now ?? Date.now(), new AbortController().signal);
    const mark = markOf(ask, last);
    const found = await locate(await this.recent.of(mark, make), ask.relation, this.cache);
    if (!("code" in found)) return found;
    // The plan may be from just before the relation was computed.
    return locate(await this.recent.keep(mark, make()), ask.relation, this.cache);
  }

  private async planned(ask: Ask, now: number, signal: AbortSignal): Promise<Plan> {
    const plan = await this.planWith(await this.memories.of(ask.path), ask, { now, signal });
    this.memories.saveSoon(ask.path);
    return plan;
  }

  private planWith(
    memory: StudyMemory,
    ask: Ask,
    { now, signal }: { now: number; signal: AbortSignal },
  ): Promise<Plan> {
    const notebook: Notebook = parseNotebook(ask.text);
    const engine = engineSoon(this.engines.in(notebook.head.timezone));
    const files = { folder: this.workspace.data, fingerprints: this.fingerprints };
    const { cache } = this;
    return planNotebook({
      notebook,
      engine,
      cache,
      files,
      memory,
      set: ask.set,
      asOf: ask.asOf,
      now,
      signal,
    });
  }
}

function markOf({ path, text, set, asOf }: Ask, last: LastRun): string {
  return JSON.stringify([path, text, set, asOf, last.now]);
}

function planView(plan: Plan, last: LastRun): PlanView {
  const { names } = plan.studies;
  const isFirst = ({ cell }: Plan["cells"][number]) => names.cell(cell.id) === cell;
  return {
    asOf: offsetTime(plan.clock.asOf, plan.clock.zone),
    inputs: [...plan.inputs],
    // Ids are unique here: what is wrong with a second cell of one id is told with the file's problems.
    cells: plan.cells.filter(isFirst).map((studied) => {
      const { id } = studied.cell;
      return cellView(studied, last.parts[id] ?? null, last.spans[id] ?? null);
    }),
    problems: [...plan.problems, ...plan.cells.filter((one) => !isFirst(one)).flatMap(({ problems }) => problems)],
  };
}
