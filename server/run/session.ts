import type { EngineWord } from "../engine/complete.ts";
import type { Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { HistoryView } from "../segments/history/view.ts";
import type { ForecastView } from "../segments/membership/forecast-view.ts";
import type { EventsPage, PeopleFound, PersonView } from "../segments/person/view.ts";
import type { ProfileView } from "../segments/profile/view.ts";
import type { RatesView } from "../segments/rates/view.ts";
import type { Ask, PageAsk, RelationAsk, RelationFile, RunAsk, RunListener, RunResult } from "./asks.ts";
import type { FeatureAsk } from "./behind.ts";
import { ResultCache } from "./cache.ts";
import { CellCancels } from "./cell-cancels.ts";
import { type CohortAsk, cohortOf } from "./cohort.ts";
import type { CohortView } from "./cohort-view.ts";
import { type CompareAsk, sideOf } from "./compare/ask.ts";
import { compareResults } from "./compare/notebooks.ts";
import type { CompareView } from "./compare/view.ts";
import { Engines } from "./engines.ts";
import { type EvidenceAsk, evidenceOf, withoutEvents } from "./evidence.ts";
import { type ExplainAsk, explain } from "./explain.ts";
import { type ForecastAsk, forecast } from "./forecast/forecast.ts";
import { type HistoryAsk, historyOf } from "./history.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { linkProblem } from "./links.ts";
import { resultPage } from "./page.ts";
import { type PeopleAsk, type PersonAsk, peopleWith, personEvents, personOf } from "./person/person.ts";
import type { Plan } from "./plan.ts";
import { planView } from "./plan-view.ts";
import { Planner } from "./planner.ts";
import { type MembersAsk, type MembersView, membersNeed, writeMembers } from "./portable/members.ts";
import { type ReadSegmentAsk, readSegment } from "./portable/read.ts";
import type { PortableRule, PortableText } from "./portable/view.ts";
import { type WriteSegmentAsk, writeSegment } from "./portable/write.ts";
import { type PreviewAsk, Previews } from "./preview/preview.ts";
import { type ValuesAsk, valuesOf } from "./preview/values.ts";
import type { PreviewView, ValuesView } from "./preview/view.ts";
import { type ProfileAsk, profileOf } from "./profile.ts";
import { ratesOf } from "./rates.ts";
import type { Circumstances } from "./refresh/circumstances.ts";
import { type Renaming, rename } from "./rename/rename.ts";
import { type ReplayAsk, type ReplayPeopleAsk, Replays } from "./replay/replay.ts";
import type { ReplayPeople, ReplayView } from "./replay/view.ts";
import { runNotebook } from "./run-notebook.ts";
import { KeptScans } from "./scans/kept-scans.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";
import { summarise } from "./summary.ts";
import { isTidyDue, tidyCache } from "./tidy.ts";
import { Turns } from "./turns.ts";
import type { EvidenceView, ExplainView, PlanView, RenameView, ResultPage, SummaryView, WithoutView } from "./view.ts";
import { WHOLE_RUN } from "./whole-run.ts";
import { withinSeconds } from "./within.ts";
import type { Workspace } from "./workspace.ts";

/** Results take at most so much of the disk, in bytes. */
const CACHE_LIMIT = 20 * 1024 ** 3;

/** Everything that can be asked of one workspace's notebooks: the same code below the page and the command line. */
export class Session {
  private readonly engines: Engines;
  private readonly cache: ResultCache;
  private readonly scans: KeptScans;
  private readonly planner: Planner;
  private readonly previews: Previews;
  private readonly replays: Replays;
  /** Runs that go on, by their names. */
  private readonly running = new Map<string, CellCancels>();
  /** Runs are one after another: they share the engine's names. Pages and plans do not wait for them. */
  private readonly turns = new Turns();

  constructor(
    private readonly workspace: Workspace,
    private readonly limits: Limits = defaultLimits(workspace.root),
  ) {
    this.engines = new Engines(workspace, limits);
    this.cache = new ResultCache(workspace.cache);
    this.scans = new KeptScans(this.cache, limits);
    this.planner = new Planner(workspace, this.engines, this.cache);
    const { planner, cache, scans, turns } = this;
    this.previews = new Previews({ planner, cache, scans });
    this.replays = new Replays({ planner, cache, scans, turns, limits });
  }

  async plan(ask: Ask, signal: AbortSignal): Promise<PlanView> {
    const { plan, last } = await this.planner.fresh(ask, signal);
    return planView(plan, last);
  }

  /** The plan itself beside its view, for whoever looks into it. A plan of the same words that was just made is taken again. */
  async inspect(ask: Ask, signal: AbortSignal): Promise<{ plan: Plan; view: PlanView; state: string }> {
    const { plan, last } = await this.planner.recently(ask, signal);
    return { plan, view: planView(plan, last), state: this.workspace.state };
  }

  async run(ask: RunAsk, listener: RunListener, signal: AbortSignal): Promise<RunResult> {
    return this.turns.take(() => this.runNow(ask, listener, signal), signal);
  }

  /** What one text of the notebook has for results that another has not: both are run with one `now`. */
  async compare(ask: CompareAsk, listener: RunListener, signal: AbortSignal): Promise<CompareView> {
    return this.turns.take(() => this.compareNow(ask, listener, signal), signal);
  }

  /** Ends one cell of a run: what reads it is blocked, the others go on. False where no such run goes on. */
  cancelCell({ run, cell }: { run: string; cell: string }): boolean {
    const cancels = this.running.get(run);
    cancels?.cancel(cell);
    return cancels !== undefined;
  }

  async page(ask: PageAsk, signal: AbortSignal): Promise<ResultPage | Problem> {
    return this.bounded(signal, async (signal) => {
      const found = await this.planner.locate(ask, signal);
      return "code" in found ? found : resultPage(found.engine, { ...ask, ...found }, signal);
    });
  }

  async summary(ask: RelationAsk, signal: AbortSignal): Promise<SummaryView | Problem> {
    return this.bounded(signal, async (signal) => {
      const found = await this.planner.locate(ask, signal);
      return "code" in found ? found : summarise(found.engine, { ...found, relation: ask.relation }, signal);
    });
  }

  /** What the people of segments are like beside everybody. */
  async profile(ask: ProfileAsk, signal: AbortSignal): Promise<ProfileView | Problem> {
    return this.looking(ask, signal, (plan, signal) => profileOf(plan, ask.segments, { cache: this.cache, signal }));
  }

  /** What the people of segments do with what is sent to them. */
  async rates(ask: ProfileAsk, signal: AbortSignal): Promise<RatesView | Problem> {
    return this.looking(ask, signal, (plan, signal) => ratesOf(plan, ask.segments, { cache: this.cache, signal }));
  }

  /** A segment's rule as another tool has it, or as SQL. */
  async writeSegment(ask: WriteSegmentAsk, signal: AbortSignal): Promise<PortableText | Problem> {
    return writeSegment((await this.planner.recently(ask, signal)).plan, ask);
  }

  /** Somebody else's definition as a rule of a cell. */
  async readSegment(ask: ReadSegmentAsk, signal: AbortSignal): Promise<PortableRule | Problem> {
    return readSegment((await this.planner.recently(ask, signal)).plan, ask);
  }

  /** Writes the members of a segment into a file; what they need is run first. */
  async members(ask: MembersAsk, signal: AbortSignal): Promise<MembersView | Problem> {
    const { plan } = await this.planner.recently(ask, signal);
    const cells = membersNeed(plan, ask);
    const wanted: RunAsk = { ...WHOLE_RUN, ...ask, cells, now: "last" };
    const result = await this.run(wanted, { started: () => undefined, cell: () => undefined }, signal);
    signal.throwIfAborted();
    const [problem] = result.cells.flatMap((cell) => cell.problems.filter(({ severity }) => severity === "error"));
    if (problem !== undefined) return problem;
    const { plan: ran } = await this.planner.fresh(ask, signal);
    return writeMembers(ran, ask, { cache: this.cache, folder: this.workspace.cache, signal });
  }

  /** A person's events behind a feature. */
  async evidence(ask: EvidenceAsk, signal: AbortSignal): Promise<EvidenceView | Problem> {
    return this.looked(ask, signal, (plan, signal) => evidenceOf(ask, { plan, cache: this.cache, signal }));
  }

  /** How many people have none of the events that a feature speaks of. */
  async without(ask: FeatureAsk, signal: AbortSignal): Promise<WithoutView | Problem> {
    return this.looked(ask, signal, (plan, signal) => withoutEvents(ask, { plan, cache: this.cache, signal }));
  }

  /** The sends behind periods of a monitor's series; takes its turn among the runs, whose names it reads by. */
  async cohort(ask: CohortAsk, signal: AbortSignal): Promise<CohortView | Problem> {
    const { cache, scans, limits } = this;
    const look = (plan: Plan, signal: AbortSignal) => cohortOf(ask, { plan, cache, scans, limits, signal });
    return this.turns.take(() => this.looked(ask, signal, look), signal);
  }

  /** The SQL of a cell or of one of its rules, and the engine's plan for it. */
  async explain(ask: ExplainAsk, signal: AbortSignal): Promise<ExplainView | Problem> {
    const { cache, scans } = this;
    return this.looking(ask, signal, (plan, signal) => explain(ask, { plan, cache, scans, signal }));
  }

  /** Sizes of a rule that is being written, condition by condition. */
  preview(ask: PreviewAsk, signal: AbortSignal): Promise<PreviewView | Problem> {
    return this.bounded(signal, (signal) => this.previews.ask(ask, signal));
  }

  /** A segment over past weeks, by its rule as it is written now. */
  replay(ask: ReplayAsk, tell: (share: number) => void, signal: AbortSignal): Promise<ReplayView | Problem> {
    return this.replays.ask(ask, tell, signal);
  }

  /** Who would have been in, come or gone in one of those weeks. */
  replayPeople(ask: ReplayPeopleAsk, signal: AbortSignal): Promise<ReplayPeople | Problem> {
    return this.replays.people(ask, signal);
  }

  /** What a column of a relation holds, for whoever is to name a value of it. */
  values(ask: ValuesAsk, signal: AbortSignal): Promise<ValuesView | Problem> {
    return this.bounded(signal, (signal) => valuesOf(this.planner, ask, signal));
  }

  /** Everything about one person: events, values, stays in segments, and why in each or not. */
  async person(ask: PersonAsk, signal: AbortSignal): Promise<PersonView | Problem> {
    return this.looking(ask, signal, (plan, signal) => personOf(ask, plan, signal));
  }

  async personEvents(ask: PersonAsk, signal: AbortSignal): Promise<EventsPage> {
    return this.looking(ask, signal, (plan, signal) => personEvents(ask, plan, signal));
  }

  async people(ask: PeopleAsk, signal: AbortSignal): Promise<PeopleFound> {
    return this.looking(ask, signal, (plan, signal) => peopleWith(ask, plan, signal));
  }

  /** Who goes and comes in the next days by time alone; takes its turn among the runs. */
  async forecast(ask: ForecastAsk, signal: AbortSignal): Promise<ForecastView> {
    const { limits, scans } = this;
    const foresee = (plan: Plan, signal: AbortSignal) => {
      const planned: Circumstances["planned"] = (asked, at) => this.planner.plan(asked, { ...at, signal });
      return forecast({ ask, plan, planned, limits, scans, signal });
    };
    return this.turns.take(() => this.looking(ask, signal, foresee), signal);
  }

  /** What refreshes recorded of the notebook's segments. */
  async history(ask: HistoryAsk, signal: AbortSignal): Promise<HistoryView | Problem> {
    return this.looking(ask, signal, (plan, signal) => historyOf(plan, ask.segments, signal));
  }

  /** The results that there are, all of one plan. */
  async snapshot(ask: Ask, signal: AbortSignal): Promise<Snapshot> {
    const { plan, last } = await this.planner.fresh(ask, signal);
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
    const found = await this.planner.locate(ask, signal);
    return "code" in found ? found : { file: found.file, columns: found.stored.columns, rows: found.stored.rows };
  }

  /** Loads what the first question will need, long before it is asked: the engine, tables of zones, compiled code. */
  async prepare(signal: AbortSignal): Promise<void> {
    await this.planner.prepare(signal);
  }

  async close(): Promise<void> {
    await this.planner.close();
    await this.engines.close();
  }

  /** A question may take as long as one part of a cell: what still goes on then is ended. Throws LimitReached. */
  private bounded<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withinSeconds(this.limits.seconds, signal, work);
  }

  /** What a recent plan shows. */
  private looking<T>(ask: Ask, signal: AbortSignal, look: (plan: Plan, signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.bounded(signal, async (signal) => look((await this.planner.recently(ask, signal)).plan, signal));
  }

  /** What a recent plan shows; where it is from just before a result was computed, what today's does. */
  private looked<T extends object>(
    ask: Ask,
    signal: AbortSignal,
    look: (plan: Plan, signal: AbortSignal) => Promise<T | Problem>,
  ): Promise<T | Problem> {
    return this.bounded(signal, async (signal) => {
      const found = await look((await this.planner.recently(ask, signal)).plan, signal);
      if (!("code" in found) || found.code !== "not-computed") return found;
      return look((await this.planner.fresh(ask, signal)).plan, signal);
    });
  }

  private async runNow(ask: RunAsk, listener: RunListener, signal: AbortSignal): Promise<RunResult> {
    const link = linkProblem(this.workspace);
    if (link !== null)
      return { state: "failed", cells: [], problems: [link], lock: null, refresh: null, monitors: null };
    const { lastRuns } = this.planner;
    const last = await lastRuns.read(ask.path);
    const kept = ask.now === "last" ? last.now : ask.now === "new" ? null : ask.now;
    const now = kept ?? Date.now();
    const plan = await this.planner.plan(ask, { now, isRefresh: ask.refresh, isLocked: ask.locked, signal });
    const cancels = new CellCancels(signal);
    if (ask.run !== null) this.running.set(ask.run, cancels);
    try {
      const { cache, scans, limits } = this;
      return await runNotebook({
        ask,
        plan,
        now,
        last,
        lastRuns,
        planner: this.planner,
        cache,
        scans,
        limits,
        cancels,
        listener,
      });
    } finally {
      if (ask.run !== null) this.running.delete(ask.run);
      await this.planner.ran(ask.path);
      await this.tidy(plan);
    }
  }

  private async compareNow(ask: CompareAsk, listener: RunListener, signal: AbortSignal): Promise<CompareView> {
    const { now } = await this.planner.lastRuns.read(ask.path);
    const at = { now: now ?? Date.now(), signal };
    const before = await this.planner.plan(sideOf(ask, "before"), at);
    const after = await this.planner.plan(sideOf(ask, "after"), at);
    const { cache, scans, limits } = this;
    const { engine } = after.studies.request;
    return compareResults({ before, after, cache, scans, limits, engine, listener, signal });
  }

  private async tidy(plan: Plan): Promise<void> {
    const now = Date.now();
    const folder = this.workspace.cache;
    const keep = new Set(plan.cells.flatMap((studied) => studied.parts.map((part) => part.key)));
    try {
      if (!(await isTidyDue(folder, now))) return;
      await tidyCache({ folder, limit: CACHE_LIMIT, keep, now });
      await this.planner.tidy();
    } catch {
      // A full or read-only disk is told by what can't be kept on it.
    }
  }
}
