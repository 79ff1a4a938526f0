import { randomUUID } from "node:crypto";
import type { EngineWord } from "../engine/complete.ts";
import type { Problem } from "../notebook/model.ts";
import type { Gathered } from "../run/alerts/gathered.ts";
import { type AlertKeeper, nobody } from "../run/alerts/keeper.ts";
import type { Ask, PageAsk, RelationAsk } from "../run/asks.ts";
import type { FeatureAsk } from "../run/behind.ts";
import type { CohortAsk } from "../run/cohort.ts";
import type { CohortView } from "../run/cohort-view.ts";
import type { CompareAsk } from "../run/compare/ask.ts";
import type { CompareView } from "../run/compare/view.ts";
import type { EvidenceAsk } from "../run/evidence.ts";
import type { ForecastAsk } from "../run/forecast/forecast.ts";
import type { HistoryAsk } from "../run/history.ts";
import type { PeopleAsk, PersonAsk } from "../run/person/person.ts";
import type { MembersAsk, MembersView } from "../run/portable/members.ts";
import type { PortableRule, PortableText, ReadSegmentRequest, WriteSegmentRequest } from "../run/portable/view.ts";
import type { PreviewRequest, PreviewView, ValuesRequest, ValuesView } from "../run/preview/view.ts";
import type { ProfileAsk } from "../run/profile.ts";
import type { ReplayPeople, ReplayPeopleRequest, ReplayRequest, ReplayView } from "../run/replay/view.ts";
import { defaultSettings, type Settings } from "../run/settings.ts";
import type {
  CheckRequest,
  CheckView,
  EvidenceView,
  ExplainRequest,
  ExplainView,
  PlanRequest,
  PlanView,
  RenameRequest,
  RenameView,
  ResultPage,
  RunRequest,
  StreamEvent,
  SummaryView,
  WithoutView,
} from "../run/view.ts";
import type { Workspace } from "../run/workspace.ts";
import type { HistoryView } from "../segments/history/view.ts";
import type { ForecastView } from "../segments/membership/forecast-view.ts";
import type { EventsPage, PeopleFound, PersonView } from "../segments/person/view.ts";
import type { ProfileView } from "../segments/profile/view.ts";
import type { RatesView } from "../segments/rates/view.ts";
import { type Ended, followRun, LOST } from "./follow-run.ts";
import { Kernels } from "./kernels.ts";
import type { AskOptions } from "./process.ts";
import type { Operation, Operations } from "./protocol.ts";

type Query = Pick<Ask, "set" | "asOf">;
type HistoryQuery = Omit<HistoryAsk, "path" | "text">;
type ProfileQuery = Omit<ProfileAsk, "path" | "text">;
type SummaryQuery = Omit<RelationAsk, "path" | "text" | "relation">;
type EvidenceQuery = Omit<EvidenceAsk, "path" | "text">;
type FeatureQuery = Omit<FeatureAsk, "path" | "text">;
type MembersQuery = Omit<MembersAsk, "path" | "text">;
type PageQuery = Omit<PageAsk, "path" | "text" | "relation">;

interface Run {
  readonly path: string;
  readonly controller: AbortController;
  readonly done: Promise<Ended>;
}

/** What may be asked of notebooks, each by its kernel; what happens in them is told to whoever listens. */
export class Supervisor {
  private readonly kernels: Kernels;
  private readonly runs = new Map<string, Run>();
  private readonly listeners = new Set<(event: StreamEvent) => void>();

  constructor(
    workspace: Workspace,
    /** Reads a notebook's text; throws where there is none. */
    private readonly read: (path: string) => Promise<string>,
    settings: Settings = defaultSettings(workspace),
    private readonly alerts: AlertKeeper = nobody,
  ) {
    const onLost = (path: string, how: string) => {
      const text = `The kernel of this notebook ended (${how}). Results that were computed are kept; the next run starts a new one.`;
      this.tell({ type: "kernel", path, state: "lost", message: text });
    };
    const start = { root: workspace.root, limits: settings.limits, priority: "background" } as const;
    this.kernels = new Kernels({ start, settings, alerts, onLost });
  }

  async plan(request: PlanRequest, signal: AbortSignal): Promise<PlanView> {
    const text = request.text ?? (await this.read(request.path));
    const ask = { path: request.path, text, set: request.set ?? {}, asOf: request.asOf ?? null };
    return this.ask(request.path, "plan", ask, { signal });
  }

  /** What there is to say of a notebook without running it. */
  async check(request: CheckRequest, signal: AbortSignal): Promise<CheckView> {
    const text = request.text ?? (await this.read(request.path));
    const { path, set = {}, asOf = null, silos = "measure" } = request;
    const checked = await this.ask(path, "check", { path, text, set, asOf, silos }, { signal });
    const findings = checked.findings.map(({ fix, ...problem }) => ({ ...problem, fixable: fix !== null }));
    const { silosKnown, segmentations } = checked;
    return { findings, silosKnown, segmentations };
  }

  /** Starts a run and tells its name; the newest run of a notebook ends the one before. */
  async run(request: RunRequest): Promise<{ run: string }> {
    const text = await this.read(request.path);
    const {
      path,
      set = {},
      asOf = null,
      cells = null,
      noCache = false,
      recompute = [],
      first = null,
      refresh = false,
    } = request;
    await this.kernels.place(path, undefined);
    for (const before of this.runs.values()) if (before.path === path) before.controller.abort();
    const run = randomUUID();
    const controller = new AbortController();
    const what = {
      path,
      text,
      set,
      asOf,
      cells,
      noCache,
      recompute,
      first,
      run,
      now: "new",
      lock: false,
      locked: false,
      refresh,
    } as const;
    const follow = {
      ...{ run, ask: what, signal: controller.signal },
      tell: (event: StreamEvent) => this.tell(event),
      keep: (gathered: Gathered) => this.alerts.record(gathered),
    };
    const done = followRun(this.kernels.of(path), follow).finally(() => this.runs.delete(run));
    this.runs.set(run, { path, controller, done });
    return { run };
  }

  /** Runs what is stale of a notebook and records it; whoever listens hears of it as of other runs. Gives what it came to. */
  async refreshed(path: string, signal: AbortSignal): Promise<Ended> {
    const { run } = await this.run({ path, refresh: true });
    const started = this.runs.get(run);
    const cancel = () => started?.controller.abort();
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return (await started?.done) ?? LOST;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** False where no such run goes on. */
  cancel(run: string): boolean {
    const found = this.runs.get(run);
    found?.controller.abort();
    return found !== undefined;
  }

  /** Ends one cell of a run; false where no such run goes on. */
  async cancelCell(run: string, cell: string): Promise<boolean> {
    const found = this.runs.get(run);
    return found === undefined ? false : this.ask(found.path, "cancelCell", { run, cell });
  }

  async page(path: string, relation: string, query: PageQuery, signal: AbortSignal): Promise<ResultPage | Problem> {
    const text = await this.read(path);
    return this.ask(path, "page", { path, text, relation, ...query }, { signal });
  }

  async summary(
    path: string,
    relation: string,
    query: SummaryQuery,
    signal: AbortSignal,
  ): Promise<SummaryView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "summary", { path, text, relation, ...query }, { signal });
  }

  /** What refreshes recorded of the notebook's segments. */
  async history(path: string, query: HistoryQuery, signal: AbortSignal): Promise<HistoryView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "history", { path, text, ...query }, { signal });
  }

  /** Everything about one person: events, values, stays in segments, and why in each or not. */
  async person(
    path: string,
    query: Omit<PersonAsk, "path" | "text">,
    signal: AbortSignal,
  ): Promise<PersonView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "person", { path, text, ...query }, { signal });
  }

  async personEvents(path: string, query: Omit<PersonAsk, "path" | "text">, signal: AbortSignal): Promise<EventsPage> {
    const text = await this.read(path);
    return this.ask(path, "personEvents", { path, text, ...query }, { signal });
  }

  async people(path: string, query: Omit<PeopleAsk, "path" | "text">, signal: AbortSignal): Promise<PeopleFound> {
    const text = await this.read(path);
    return this.ask(path, "people", { path, text, ...query }, { signal });
  }

  async forecast(path: string, query: Omit<ForecastAsk, "path" | "text">, signal: AbortSignal): Promise<ForecastView> {
    const text = await this.read(path);
    return this.ask(path, "forecast", { path, text, ...query }, { signal });
  }

  /** What the people of segments are like beside everybody. */
  async profile(path: string, query: ProfileQuery, signal: AbortSignal): Promise<ProfileView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "profile", { path, text, ...query }, { signal });
  }

  /** What the people of segments do with what is sent to them. */
  async rates(path: string, query: ProfileQuery, signal: AbortSignal): Promise<RatesView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "rates", { path, text, ...query }, { signal });
  }

  /** The SQL of a cell or of one of its rules, and the engine's plan for it. */
  async explain(request: ExplainRequest, signal: AbortSignal): Promise<ExplainView | Problem> {
    const { path, cell, rule = null, set = {}, asOf = null } = request;
    const text = request.text ?? (await this.read(path));
    return this.ask(path, "explain", { path, text, cell, rule, set, asOf }, { signal });
  }

  async evidence(path: string, query: EvidenceQuery, signal: AbortSignal): Promise<EvidenceView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "evidence", { path, text, ...query }, { signal });
  }

  /** The sends behind periods of a monitor's series. */
  async cohort(
    path: string,
    query: Omit<CohortAsk, "path" | "text">,
    signal: AbortSignal,
  ): Promise<CohortView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "cohort", { path, text, ...query }, { signal });
  }

  async without(path: string, query: FeatureQuery, signal: AbortSignal): Promise<WithoutView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "without", { path, text, ...query }, { signal });
  }

  /** Sizes of a rule that is being written, condition by condition. */
  async preview(request: PreviewRequest, signal: AbortSignal): Promise<PreviewView | Problem> {
    const { path, set = {}, asOf = null, ...ask } = request;
    const text = request.text ?? (await this.read(path));
    return this.ask(path, "preview", { ...ask, path, text, set, asOf }, { signal });
  }

  /** What a column of a relation holds, for whoever is to name a value of it. */
  async values(request: ValuesRequest, signal: AbortSignal): Promise<ValuesView | Problem> {
    const { path, set = {}, asOf = null, ...ask } = request;
    const text = request.text ?? (await this.read(path));
    return this.ask(path, "values", { ...ask, path, text, set, asOf }, { signal });
  }

  /** A segment's rule as another tool has it, or as SQL. */
  async writeSegment(request: WriteSegmentRequest, signal: AbortSignal): Promise<PortableText | Problem> {
    const { path, text = await this.read(path), set = {}, cell, segment, format, map = {} } = request;
    const ask = { path, text, set, asOf: null, cell, segment, format, map };
    return this.ask(path, "writeSegment", ask, { signal });
  }

  /** Somebody else's definition as a rule of a cell. */
  async readSegment(request: ReadSegmentRequest, signal: AbortSignal): Promise<PortableRule | Problem> {
    const { path, text = await this.read(path), set = {}, cell, format, source, map = {} } = request;
    const ask = { path, text, set, asOf: null, cell, format, source, map };
    return this.ask(path, "readSegment", ask, { signal });
  }

  /** Writes the members of a segment of the saved notebook into a file. */
  async members(path: string, ask: MembersQuery, signal: AbortSignal): Promise<MembersView | Problem> {
    const text = await this.read(path);
    return this.ask(path, "members", { path, text, ...ask }, { signal });
  }

  /** The notebook with the results that it has, as one page. */
  async export(path: string, query: Query, signal: AbortSignal): Promise<string | Problem> {
    const text = await this.read(path);
    return this.ask(path, "export", { path, text, ...query }, { signal });
  }

  /** Gives a cell another id everywhere it is read. */
  async rename(request: RenameRequest, signal: AbortSignal): Promise<RenameView | Problem> {
    const text = request.text ?? (await this.read(request.path));
    const { path, from, to } = request;
    return this.ask(path, "rename", { text, from, to }, { signal });
  }

  /** A segment over past weeks, by its rule as it is written now. */
  async replay(request: ReplayRequest, options: AskOptions): Promise<ReplayView | Problem> {
    const { path, set = {}, asOf = null, text, ...rest } = request;
    return this.ask(path, "replay", { ...rest, path, text: text ?? (await this.read(path)), set, asOf }, options);
  }

  /** Who would have been in, come or gone in one of those weeks. */
  async replayPeople(request: ReplayPeopleRequest, signal: AbortSignal): Promise<ReplayPeople | Problem> {
    const { path, set = {}, asOf = null, text, ...rest } = request;
    const ask = { ...rest, path, text: text ?? (await this.read(path)), set, asOf };
    return this.ask(path, "replayPeople", ask, { signal });
  }

  /** Runs two versions of a notebook in its kernel, and compares their results. */
  compare(ask: CompareAsk, options: AskOptions): Promise<CompareView> {
    return this.ask(ask.path, "compare", ask, options);
  }

  /** Words of the engine's that may follow a text of SQL. */
  async complete(path: string, before: string, signal: AbortSignal): Promise<EngineWord[]> {
    const text = await this.read(path);
    return this.ask(path, "complete", { text, before }, { signal });
  }

  subscribe(listener: (event: StreamEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Starts a kernel ahead for the first notebook that is opened. */
  prepare(): void {
    this.kernels.prepare();
  }

  /** Process ids of the kernels that run. */
  pids(): number[] {
    return this.kernels.pids();
  }

  async close(): Promise<void> {
    for (const run of this.runs.values()) run.controller.abort();
    await this.kernels.close();
  }

  private async ask<K extends Operation>(
    path: string,
    operation: K,
    ask: Operations[K]["ask"],
    options: AskOptions = {},
  ): Promise<Operations[K]["answer"]> {
    await this.kernels.place(path, options.signal);
    return this.kernels.of(path).ask(operation, ask, options);
  }

  private tell(event: StreamEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
