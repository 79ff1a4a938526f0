import type { CheckAsk, Checked } from "../check/check.ts";
import type { EngineWord } from "../engine/complete.ts";
import type { Problem } from "../notebook/model.ts";
import type { Ask, PageAsk, RelationAsk, RelationFile, RunAsk, RunResult } from "../run/asks.ts";
import type { FeatureAsk } from "../run/behind.ts";
import type { CohortAsk } from "../run/cohort.ts";
import type { CohortView } from "../run/cohort-view.ts";
import type { CompareAsk } from "../run/compare/ask.ts";
import type { CompareView } from "../run/compare/view.ts";
import type { EvidenceAsk } from "../run/evidence.ts";
import type { ExplainAsk } from "../run/explain.ts";
import type { ForecastAsk } from "../run/forecast/forecast.ts";
import type { HistoryAsk } from "../run/history.ts";
import type { PeopleAsk, PersonAsk } from "../run/person/person.ts";
import type { MembersAsk, MembersView } from "../run/portable/members.ts";
import type { ReadSegmentAsk } from "../run/portable/read.ts";
import type { PortableRule, PortableText } from "../run/portable/view.ts";
import type { WriteSegmentAsk } from "../run/portable/write.ts";
import type { PreviewAsk } from "../run/preview/preview.ts";
import type { ValuesAsk } from "../run/preview/values.ts";
import type { PreviewView, ValuesView } from "../run/preview/view.ts";
import type { ProfileAsk } from "../run/profile.ts";
import type { Renaming } from "../run/rename/rename.ts";
import type { ReplayAsk, ReplayPeopleAsk } from "../run/replay/replay.ts";
import type { ReplayPeople, ReplayView } from "../run/replay/view.ts";
import type {
  CellView,
  EvidenceView,
  ExplainView,
  PlanView,
  RenameView,
  ResultPage,
  SummaryView,
  WithoutView,
} from "../run/view.ts";
import type { HistoryView } from "../segments/history/view.ts";
import type { ForecastView } from "../segments/membership/forecast-view.ts";
import type { EventsPage, PeopleFound, PersonView } from "../segments/person/view.ts";
import type { ProfileView } from "../segments/profile/view.ts";
import type { RatesView } from "../segments/rates/view.ts";

/** What a kernel can be asked, and what each request yields. */
export interface Operations {
  plan: { ask: Ask; answer: PlanView };
  check: { ask: CheckAsk; answer: Checked };
  run: { ask: RunAsk; answer: RunResult };
  compare: { ask: CompareAsk; answer: CompareView };
  page: { ask: PageAsk; answer: ResultPage | Problem };
  summary: { ask: RelationAsk; answer: SummaryView | Problem };
  person: { ask: PersonAsk; answer: PersonView | Problem };
  personEvents: { ask: PersonAsk; answer: EventsPage };
  people: { ask: PeopleAsk; answer: PeopleFound };
  forecast: { ask: ForecastAsk; answer: ForecastView };
  history: { ask: HistoryAsk; answer: HistoryView | Problem };
  profile: { ask: ProfileAsk; answer: ProfileView | Problem };
  rates: { ask: ProfileAsk; answer: RatesView | Problem };
  explain: { ask: ExplainAsk; answer: ExplainView | Problem };
  evidence: { ask: EvidenceAsk; answer: EvidenceView | Problem };
  cohort: { ask: CohortAsk; answer: CohortView | Problem };
  without: { ask: FeatureAsk; answer: WithoutView | Problem };
  preview: { ask: PreviewAsk; answer: PreviewView | Problem };
  replay: { ask: ReplayAsk; answer: ReplayView | Problem };
  replayPeople: { ask: ReplayPeopleAsk; answer: ReplayPeople | Problem };
  values: { ask: ValuesAsk; answer: ValuesView | Problem };
  writeSegment: { ask: WriteSegmentAsk; answer: PortableText | Problem };
  readSegment: { ask: ReadSegmentAsk; answer: PortableRule | Problem };
  members: { ask: MembersAsk; answer: MembersView | Problem };
  export: { ask: Ask; answer: string | Problem };
  rename: { ask: Renaming; answer: RenameView | Problem };
  file: { ask: RelationAsk; answer: RelationFile | Problem };
  complete: { ask: { text: string; before: string }; answer: EngineWord[] };
  prepare: { ask: null; answer: null };
  cancelCell: { ask: { run: string; cell: string }; answer: boolean };
}

export type Operation = keyof Operations;

export type ToKernel =
  | { [K in Operation]: { type: "ask"; id: number; operation: K; ask: Operations[K]["ask"] } }[Operation]
  | { type: "cancel"; id: number };

export type FromKernel =
  | { type: "ready" }
  /** It grew beyond what it may take, and ends itself. */
  | { type: "tooLarge" }
  | { type: "answer"; id: number; answer: unknown }
  | { type: "cancelled"; id: number }
  | { type: "error"; id: number; message: string; problem: Problem | null }
  | { type: "started"; id: number; cells: number }
  | { type: "progress"; id: number; share: number }
  | { type: "cell"; id: number; view: CellView; progress: number | null; finished: number };
