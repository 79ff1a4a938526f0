import { mkdir } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../engine/duckdb.ts";
import type { Engine } from "../engine/engine.ts";
import type { Notebook, Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { ResultCache } from "./cache.ts";
import { cellView, outcomeView } from "./cell-view.ts";
import { type CellOutcome, execute, order, type Step } from "./execute.ts";
import { Fingerprints } from "./fingerprint.ts";
import type { KeyParts } from "./key.ts";
import { LastRuns } from "./last-run.ts";
import { resultPage } from "./page.ts";
import { type Plan, planNotebook, usesNow } from "./plan.ts";
import { partOf, type StudiedPart } from "./study.ts";
import { summarise } from "./summary.ts";
import type { CellView, PlanView, ResultPage, SummaryView } from "./view.ts";
import { offsetTime } from "./wall-time.ts";
import type { Workspace } from "./workspace.ts";

type InputSet = Readonly<Record<string, string | number | boolean>>;

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
  readonly noCache: boolean;
  /** `new` takes the present for `now`; `last` keeps the last run's. */
  readonly now: "new" | "last";
}

export interface RunListener {
  started(cells: number): void;
  cell(view: CellView, progress: number | null, finished: number): void;
}

export interface RunResult {
  readonly plan: PlanView;
  readonly state: "done" | "failed" | "cancelled";
  readonly cells: readonly CellView[];
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

/** Everything that can be asked of one workspace's notebooks: the same code below the page and the command line. */
export class Session {
  private readonly engines = new Map<string, Promise<Engine>>();
  private readonly cache: ResultCache;
  private readonly fingerprints: Fingerprints;
  private readonly lastRuns: LastRuns;
  /** Runs are one after another: they share the engine's names. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly workspace: Workspace) {
    this.cache = new ResultCache(workspace.cache);
    this.fingerprints = new Fingerprints(join(workspace.state, "fingerprints.json"));
    this.lastRuns = new LastRuns(join(workspace.state, "last-runs"));
  }

  async plan(ask: Ask, signal: AbortSignal): Promise<PlanView> {
    const last = await this.lastRuns.read(ask.path);
    const plan = await this.planned(ask, last.now ?? Date.now(), signal);
    return planView(
      plan,
      plan.cells.map((studied) => cellView(studied, last)),
    );
  }

  async run(ask: RunAsk, listener: RunListener, signal: AbortSignal): Promise<RunResult> {
    const turn = this.queue.then(() => this.runNow(ask, listener, signal));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  async page(ask: PageAsk, signal: AbortSignal): Promise<ResultPage | Problem> {
    const found = await this.locate(ask, signal);
    if ("code" in found) return found;
    const request = { ...ask, key: found.part.key, file: found.file, stored: found.stored };
    return resultPage(found.engine, request, signal);
  }

  async summary(ask: RelationAsk, signal: AbortSignal): Promise<SummaryView | Problem> {
    const found = await this.locate(ask, signal);
    if ("code" in found) return found;
    return summarise(found.engine, { relation: ask.relation, file: found.file, stored: found.stored }, signal);
  }

  /** Where a relation's rows lie, for exports by the command line. */
  async file(
    ask: RelationAsk,
    signal: AbortSignal,
  ): Promise<{ file: string; columns: readonly { name: string; type: string }[]; rows: number } | Problem> {
    const found = await this.locate(ask, signal);
    if ("code" in found) return found;
    return { file: found.file, columns: found.stored.columns, rows: found.stored.rows };
  }

  async close(): Promise<void> {
    for (const engine of this.engines.values()) await (await engine).close();
    this.engines.clear();
  }

  private async runNow(ask: RunAsk, listener: RunListener, signal: AbortSignal): Promise<RunResult> {
    const last = await this.lastRuns.read(ask.path);
    const now = ask.now === "last" && last.now !== null ? last.now : Date.now();
    const plan = await this.planned(ask, now, signal);
    const steps = await order(plan, ask.cells);
    listener.started(steps.length);
    let finished = 0;
    const running = (step: Step, share: number | null) =>
      listener.cell({ ...cellView(step.studied, last), state: "running", reason: null }, share, finished);
    for (const step of steps.filter((one) => one.part !== null && (one.part.stored === null || ask.noCache))) {
      listener.cell({ ...cellView(step.studied, last), state: "waiting", reason: null }, null, 0);
    }
    const outcomes = await execute({
      plan,
      steps,
      cache: this.cache,
      noCache: ask.noCache,
      signal,
      onStart: (step) => running(step, null),
      onProgress: running,
      onDone: (_, outcome) => {
        finished += 1;
        listener.cell(outcomeView(outcome, last), null, finished);
      },
    });
    return this.concluded({ ask, plan, outcomes, now, signal });
  }

  private async concluded(run: {
    ask: RunAsk;
    plan: Plan;
    outcomes: CellOutcome[];
    now: number;
    signal: AbortSignal;
  }): Promise<RunResult> {
    const { ask, plan, outcomes, now } = run;
    const before = await this.lastRuns.read(ask.path);
    const parts: Record<string, KeyParts> = { ...before.parts };
    for (const { studied, part, state } of outcomes) {
      if (part !== null && part.part === "" && (state === "computed" || state === "found"))
        parts[studied.cell.id] = part.parts;
    }
    const keptNow = usesNow(plan.notebook.head, plan.inputs) ? now : before.now;
    await this.lastRuns.write(ask.path, { now: keptNow, parts });
    await this.cache.tidy(new Set(plan.cells.flatMap((studied) => studied.parts.map((part) => part.key))));
    const fresh = await this.planned(ask, now, AbortSignal.timeout(60_000));
    const last = await this.lastRuns.read(ask.path);
    const views = new Map(fresh.cells.map((studied) => [studied.cell.id, cellView(studied, last)]));
    const cells: CellView[] = [];
    for (const outcome of outcomes) {
      const view = outcomeView(outcome, last);
      const now = views.get(view.id);
      const merged = now === undefined ? view : { ...view, relations: now.relations, rows: now.rows };
      const main = outcome.part === null || outcome.part.part === "";
      if (main) views.set(view.id, merged);
      cells.push(merged);
    }
    const failed = cells.some((cell) => cell.state === "failed" || cell.state === "blocked");
    const cancelled = run.signal.aborted || cells.some((cell) => cell.state === "cancelled");
    const faulty = plan.problems.some((problem) => problem.severity === "error");
    return {
      plan: planView(fresh, [...views.values()]),
      state: cancelled ? "cancelled" : failed || faulty ? "failed" : "done",
      cells,
    };
  }

  private async locate(ask: RelationAsk, signal: AbortSignal) {
    const last = await this.lastRuns.read(ask.path);
    const plan = await this.planned(ask, last.now ?? Date.now(), signal);
    const home = await plan.studies.home(ask.relation, []);
    const cell = home === null ? null : plan.studies.cellOf(home.cell);
    if (home === null || cell === null) return absent(ask.relation, plan);
    const studied = await plan.studies.of(cell, []);
    const part: StudiedPart | null = partOf(studied, home.suffix);
    const stored = part?.stored?.relations.find((relation) => relation.suffix === home.suffix);
    if (part === null || stored === undefined) return notComputed(ask.relation, cell.id);
    const engine = plan.studies.request.engine;
    return { part, stored, engine, file: this.cache.path(part.key, home.suffix) };
  }

  private async planned(ask: Ask, now: number, signal: AbortSignal): Promise<Plan> {
    const notebook: Notebook = parseNotebook(ask.text);
    const engine = await this.engineIn(notebook.head.timezone);
    const files = { folder: this.workspace.data, fingerprints: this.fingerprints };
    return planNotebook({ notebook, engine, cache: this.cache, files, set: ask.set, asOf: ask.asOf, now, signal });
  }

  /** The zone is fixed when an engine is locked, so each zone has its own. */
  private engineIn(zone: string): Promise<Engine> {
    const known = this.engines.get(zone);
    if (known !== undefined) return known;
    const opened = this.openEngine(zone);
    this.engines.set(zone, opened);
    return opened;
  }

  private async openEngine(zone: string): Promise<Engine> {
    await mkdir(this.workspace.cache, { recursive: true });
    await mkdir(this.workspace.spill, { recursive: true });
    return openDuckDb({
      folders: [this.workspace.data, this.workspace.cache],
      spill: this.workspace.spill,
      zone,
      threads: availableParallelism(),
      memory: Math.min(16 * 1024 ** 3, totalmem() * 0.6),
    });
  }
}

function planView(plan: Plan, cells: CellView[]): PlanView {
  return {
    asOf: offsetTime(plan.clock.asOf, plan.clock.zone),
    inputs: [...plan.inputs],
    cells,
    problems: [...plan.problems],
  };
}

function absent(relation: string, plan: Plan): Problem {
  const known = plan.cells.flatMap((studied) =>
    (studied.study?.yields ?? []).map((one) => `${studied.cell.id}${one.suffix}`),
  );
  return {
    code: "unknown-relation",
    severity: "error",
    cell: null,
    line: null,
    column: null,
    message: `No cell of this notebook yields \`${relation}\`.`,
    hint: `Known relations: ${known.join(", ")}.`,
  };
}

function notComputed(relation: string, cell: string): Problem {
  return {
    code: "not-computed",
    severity: "error",
    cell,
    line: null,
    column: null,
    message: `\`${relation}\` has no result for the notebook as it stands.`,
    hint: `Run the cell \`${cell}\`.`,
  };
}
