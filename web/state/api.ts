import { hc } from "hono/client";
import type { AppType } from "../../server/app.ts";
import type { EngineWord } from "../../server/engine/complete.ts";
import type { Annotation } from "../../server/monitor/life/model.ts";
import type {
  AlertAction,
  AlertsRequest,
  AlertsView,
  AlertView,
  AnnotationAction,
  AuditRequest,
  AuditView,
  MonitorLine,
  MonitorNews,
  MonitorRequest,
  UndoRequest,
} from "../../server/run/alerts/view.ts";
import type { CohortView } from "../../server/run/cohort-view.ts";
import type { CompareView, DiffLine, DiffView } from "../../server/run/compare/view.ts";
import type {
  PortableRule,
  PortableText,
  ReadSegmentRequest,
  WriteSegmentRequest,
} from "../../server/run/portable/view.ts";
import type { PreviewRequest, PreviewView, ValuesRequest, ValuesView } from "../../server/run/preview/view.ts";
import type { ReplayPeople, ReplayPeopleRequest } from "../../server/run/replay/view.ts";
import type {
  CheckRequest,
  CheckView,
  EvidenceView,
  ExplainRequest,
  ExplainView,
  NotebookView,
  PlanRequest,
  PlanView,
  RenameRequest,
  RenameView,
  ResultPage,
  RunRequest,
  SummaryView,
  WithoutView,
  WorkspaceView,
} from "../../server/run/view.ts";
import type { HistoryView } from "../../server/segments/history/view.ts";
import type { ForecastView } from "../../server/segments/membership/forecast-view.ts";
import type { EventsPage, PeopleFound, PersonView } from "../../server/segments/person/view.ts";
import type { ProfileView, SegmentRef } from "../../server/segments/profile/view.ts";
import type { RatesView } from "../../server/segments/rates/view.ts";
import type { Revision } from "../../server/store/revisions.ts";
import { type Answer, answer } from "./answer.ts";
import { answerInLines } from "./answer-in-lines.ts";
import type { InputValues } from "./inputs.ts";
import type { SeriesRef } from "./series-ref.ts";

/** Which relation of which notebook, with which values of its inputs. */
export interface RelationRequest {
  readonly path: string;
  readonly relation: string;
  readonly key: string | null;
  readonly set: InputValues;
}

export interface PageRequest extends RelationRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  /** Only rows that have these values, as text, in these columns; empty for all. */
  readonly where: Readonly<Record<string, string>>;
}

/** Which feature of which notebook. */
export interface FeatureRequest {
  readonly path: string;
  readonly cell: string;
  readonly feature: string;
  readonly set: InputValues;
}

export interface EvidenceRequest extends FeatureRequest {
  readonly person: string;
  readonly offset: number;
  readonly limit: number;
}

/** Periods of a series of which notebook, and which of the rows behind them. */
export interface CohortRequest extends SeriesRef {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly set: InputValues;
  readonly offset: number;
  readonly limit: number;
}

/** One segment of a notebook, and whether its goers or its comers are listed. */
export interface ForecastRequest {
  readonly path: string;
  readonly segment: SegmentRef;
  readonly which: "leaving" | "entering";
  readonly limit: number;
  readonly set: InputValues;
}

/** One person of a notebook, and which of the events: of all kinds or of one. */
export interface PersonRequest {
  readonly path: string;
  readonly entity: string;
  readonly kind: string | null;
  readonly set: InputValues;
  readonly offset: number;
  readonly limit: number;
}

/** Whose members are written into a file, with which columns besides the key. */
export interface MembersRequest {
  readonly path: string;
  readonly cell: string;
  readonly segment: string;
  readonly format: "csv" | "parquet";
  readonly columns: readonly string[];
  readonly set: InputValues;
}

export interface MembersFile {
  readonly blob: Blob;
  /** People who are held out as a control, and not in the file. */
  readonly heldOut: number;
}

/** Two texts of a notebook: the page's, and what it is compared with. */
export interface DiffRequest {
  readonly path: string;
  readonly text: string;
  readonly against: { readonly revision: string } | { readonly path: string } | { readonly text: string };
  readonly set: InputValues;
}

/** The server's API as the page calls it. */
export class Api {
  readonly #api = hc<AppType>(location.origin).api;

  workspace(signal: AbortSignal): Promise<Answer<WorkspaceView>> {
    return answer(this.#api.workspace.$get(undefined, { init: { signal } }));
  }

  notebook(path: string, signal: AbortSignal): Promise<Answer<NotebookView>> {
    return answer(this.#api.notebook.$get({ query: { path } }, { init: { signal } }));
  }

  /** Saves a text over the content that `etag` names; refused with status 412 where the file is another by now. */
  save(path: string, text: string, etag: string): Promise<Answer<NotebookView>> {
    return answer(this.#api.notebook.$put({ query: { path }, json: { text } }, { headers: { "if-match": etag } }));
  }

  create(name: string, text: string): Promise<Answer<NotebookView>> {
    return answer(this.#api.notebooks.$post({ json: { name, text } }));
  }

  plan(request: PlanRequest, signal: AbortSignal): Promise<Answer<PlanView>> {
    return answer(this.#api.plan.$post({ json: request }, { init: { signal } }));
  }

  check(request: CheckRequest, signal: AbortSignal): Promise<Answer<CheckView>> {
    return answer(this.#api.check.$post({ json: request }, { init: { signal } }));
  }

  /** A segment's rule as another tool has it, or as SQL. */
  writeSegment(request: WriteSegmentRequest, signal: AbortSignal): Promise<Answer<PortableText>> {
    return answer(this.#api.segment.write.$post({ json: request }, { init: { signal } }));
  }

  /** Somebody else's definition as a rule. */
  readSegment(request: ReadSegmentRequest, signal: AbortSignal): Promise<Answer<PortableRule>> {
    return answer(this.#api.segment.read.$post({ json: request }, { init: { signal } }));
  }

  /** Who is in a segment, as a file, without those who are held out. */
  async members(request: MembersRequest): Promise<Answer<MembersFile>> {
    const asked = this.#api.segment.members.$post({ json: { ...request, columns: [...request.columns] } });
    const reply: Response | null = await asked.catch(() => null);
    if (!reply?.ok) return answer(asked) as Promise<Answer<MembersFile>>;
    return { ok: true, value: { blob: await reply.blob(), heldOut: Number(reply.headers.get("x-held-out") ?? 0) } };
  }

  /** The notebook with the results that it has, as one page. */
  async exported(path: string, set: InputValues): Promise<Answer<Blob>> {
    const query = { path, ...setQuery(set) };
    const asked = this.#api.export.$get({ query });
    const reply = await asked.catch(() => null);
    return reply?.ok ? { ok: true, value: await reply.blob() } : answer(asked);
  }

  run(request: RunRequest): Promise<Answer<{ run: string }>> {
    return answer(this.#api.runs.$post({ json: request }));
  }

  rename(request: RenameRequest): Promise<Answer<RenameView>> {
    return answer(this.#api.rename.$post({ json: request }));
  }

  explain(request: ExplainRequest, signal: AbortSignal): Promise<Answer<ExplainView>> {
    return answer(this.#api.explain.$post({ json: request }, { init: { signal } }));
  }

  /** Who would have been in a segment, come or gone in a past week. */
  replayPeople(request: ReplayPeopleRequest, signal: AbortSignal): Promise<Answer<ReplayPeople>> {
    return answer(this.#api.replay.people.$post({ json: request }, { init: { signal } }));
  }

  preview(request: PreviewRequest, signal: AbortSignal): Promise<Answer<PreviewView>> {
    return answer(this.#api.preview.$post({ json: request }, { init: { signal } }));
  }

  values(request: ValuesRequest, signal: AbortSignal): Promise<Answer<ValuesView>> {
    return answer(this.#api.values.$post({ json: request }, { init: { signal } }));
  }

  complete(path: string, before: string, signal: AbortSignal): Promise<Answer<{ words: EngineWord[] }>> {
    return answer(this.#api.complete.$post({ json: { path, before } }, { init: { signal } }));
  }

  cancel(run: string): Promise<Answer<{ cancelled: boolean }>> {
    return answer(this.#api.runs[":run"].$delete({ param: { run } }));
  }

  cancelCell(run: string, cell: string): Promise<Answer<{ cancelled: boolean }>> {
    return answer(this.#api.runs[":run"].cells[":cell"].$delete({ param: { run, cell } }));
  }

  page(request: PageRequest, signal: AbortSignal): Promise<Answer<ResultPage>> {
    const { offset, limit, sort, where } = request;
    const order =
      sort === null ? {} : { sort: sort.column, descending: sort.descending ? ("true" as const) : ("false" as const) };
    const query = {
      ...relationQuery(request),
      offset: String(offset),
      limit: String(limit),
      ...order,
      ...whereQuery(where),
    };
    return answer(this.#api.result.$get({ query }, { init: { signal } }));
  }

  summary(request: RelationRequest, signal: AbortSignal): Promise<Answer<SummaryView>> {
    return answer(this.#api.summary.$get({ query: relationQuery(request) }, { init: { signal } }));
  }

  /** What the people of segments are like beside everybody. */
  profile(
    { path, segments, set }: { path: string; segments: readonly SegmentRef[]; set: InputValues },
    signal: AbortSignal,
  ): Promise<Answer<ProfileView>> {
    const query = { path, segments: JSON.stringify(segments), ...setQuery(set) };
    return answer(this.#api.profile.$get({ query }, { init: { signal } }));
  }

  /** What the people of segments do with what is sent to them. */
  rates(
    { path, segments, set }: { path: string; segments: readonly SegmentRef[]; set: InputValues },
    signal: AbortSignal,
  ): Promise<Answer<RatesView>> {
    const query = { path, segments: JSON.stringify(segments), ...setQuery(set) };
    return answer(this.#api.rates.$get({ query }, { init: { signal } }));
  }

  evidence(request: EvidenceRequest, signal: AbortSignal): Promise<Answer<EvidenceView>> {
    const { person, offset, limit } = request;
    const query = { ...featureQuery(request), person, offset: String(offset), limit: String(limit) };
    return answer(this.#api.evidence.$get({ query }, { init: { signal } }));
  }

  /** The sends that periods of a series are made of. */
  cohort(request: CohortRequest, signal: AbortSignal): Promise<Answer<CohortView>> {
    const { set, offset, limit, ...asked } = request;
    const query = { ...asked, offset: String(offset), limit: String(limit), ...setQuery(set) };
    return answer(this.#api.cohort.$get({ query }, { init: { signal } }));
  }

  /** How many people have none of the events behind a feature. */
  without(request: FeatureRequest, signal: AbortSignal): Promise<Answer<WithoutView>> {
    return answer(this.#api.without.$get({ query: featureQuery(request) }, { init: { signal } }));
  }

  /** What refreshes recorded of a notebook's segments; of one of them also who came and went, of several who moved. */
  history(
    { path, segments, set }: { path: string; segments: readonly SegmentRef[]; set: InputValues },
    signal: AbortSignal,
  ): Promise<Answer<HistoryView>> {
    const chosen = segments.length === 0 ? {} : { segments: JSON.stringify(segments) };
    const query = { path, ...chosen, ...setQuery(set) };
    return answer(this.#api.history.$get({ query }, { init: { signal } }));
  }

  /** Who goes and who comes in the next week by time alone, with the first people of one segment. */
  forecast({ path, segment, which, limit, set }: ForecastRequest, signal: AbortSignal): Promise<Answer<ForecastView>> {
    const query = { path, cell: segment.cell, segment: segment.name, which, limit: String(limit), ...setQuery(set) };
    return answer(this.#api.forecast.$get({ query }, { init: { signal } }));
  }

  /** Everything about one person of a notebook. */
  person(request: PersonRequest, signal: AbortSignal): Promise<Answer<PersonView>> {
    return answer(this.#api.person.$get({ query: personQuery(request) }, { init: { signal } }));
  }

  personEvents(request: PersonRequest, signal: AbortSignal): Promise<Answer<EventsPage>> {
    return answer(this.#api.person.events.$get({ query: personQuery(request) }, { init: { signal } }));
  }

  /** People whose keys begin with a text. */
  people(
    { path, prefix, set }: { path: string; prefix: string; set: InputValues },
    signal: AbortSignal,
  ): Promise<Answer<PeopleFound>> {
    return answer(this.#api.people.$get({ query: { path, prefix, ...setQuery(set) } }, { init: { signal } }));
  }

  /** Commits that changed a notebook, the newest first. */
  revisions(path: string, signal: AbortSignal): Promise<Answer<{ revisions: Revision[] }>> {
    return answer(this.#api.revisions.$get({ query: { path } }, { init: { signal } }));
  }

  diff(request: DiffRequest, signal: AbortSignal): Promise<Answer<DiffView>> {
    return answer(this.#api.diff.$post({ json: { ...request, set: { ...request.set } } }, { init: { signal } }));
  }

  /** Runs both texts and compares what they yield; tells how far it is. Rejects only where it was aborted. */
  compareResults(
    request: DiffRequest,
    told: (progress: Extract<DiffLine, { type: "progress" }>) => void,
    signal: AbortSignal,
  ): Promise<Answer<CompareView>> {
    const done = ({ data }: Extract<DiffLine, { type: "done" }>) => data;
    return answerInLines("/api/diff", { ...request, data: true }, { progress: told, done }, signal);
  }

  /** What is recorded of monitors: of all, of a notebook's, or of one cell. */
  alerts(request: AlertsRequest, signal: AbortSignal): Promise<Answer<AlertsView>> {
    return answer(this.#api.alerts.$get({ query: { ...request } }, { init: { signal } }));
  }

  /** Acknowledges an alert, snoozes it, or takes that away. */
  actOnAlert(id: string, action: AlertAction): Promise<Answer<AlertView>> {
    return answer(this.#api.alerts[":id"].$post({ param: { id }, json: action }));
  }

  annotate(action: AnnotationAction): Promise<Answer<{ annotations: Annotation[] }>> {
    return answer(this.#api.annotations.$post({ json: action }));
  }

  /** Takes back what was done last to alerts and annotations, or one entry of the audit log. */
  undoAlertAct(request: UndoRequest): Promise<Answer<{ entry: number }>> {
    return answer(this.#api.alerts.undo.$post({ json: request }));
  }

  audit({ before, limit }: AuditRequest, signal: AbortSignal): Promise<Answer<AuditView>> {
    const from = before === undefined ? {} : { before: String(before) };
    const most = limit === undefined ? {} : { limit: String(limit) };
    return answer(this.#api.audit.$get({ query: { ...from, ...most } }, { init: { signal } }));
  }

  /** Brings monitors up to date: runs what is stale, records it, and tells what changed. Rejects only where it was aborted. */
  bringUpToDate(
    request: MonitorRequest,
    told: (news: MonitorNews) => void,
    signal: AbortSignal,
  ): Promise<Answer<{ notebooks: number; failed: number }>> {
    type Done = Extract<MonitorLine, { type: "done" }>;
    const done = ({ notebooks, failed }: Done) => ({ notebooks, failed });
    const progress = ({ news }: Extract<MonitorLine, { type: "progress" }>) => told(news);
    return answerInLines("/api/monitor", request, { progress, done }, signal);
  }
}

function featureQuery({ path, cell, feature, set }: FeatureRequest) {
  return { path, cell, feature, ...(Object.keys(set).length > 0 ? { set: JSON.stringify(set) } : {}) };
}

function relationQuery({ path, relation, key, set }: RelationRequest) {
  return {
    path,
    relation,
    ...(key === null ? {} : { key }),
    ...setQuery(set),
  };
}

function whereQuery(where: PageRequest["where"]) {
  return Object.keys(where).length === 0 ? {} : { where: JSON.stringify(where) };
}

function personQuery({ path, entity, kind, set, offset, limit }: PersonRequest) {
  const which = kind === null ? {} : { kind };
  return { path, entity, ...which, offset: String(offset), limit: String(limit), ...setQuery(set) };
}

function setQuery(set: InputValues): { set?: string } {
  return Object.keys(set).length > 0 ? { set: JSON.stringify(set) } : {};
}
