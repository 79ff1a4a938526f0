import type { EngineWord } from "../engine/complete.ts";
import type { Problem } from "../notebook/model.ts";
import type { CompareAsk } from "../run/compare/ask.ts";
import type { CompareView } from "../run/compare/view.ts";
import type {
  CellView,
  CheckRequest,
  CheckView,
  PlanRequest,
  PlanView,
  RenameRequest,
  RenameView,
  ResultPage,
  RunRequest,
  StreamEvent,
  SummaryView,
} from "../run/view.ts";

export type InputValues = Readonly<Record<string, string | number | boolean>>;

export interface SummaryQuery {
  readonly set: InputValues;
  readonly asOf: string | null;
}

export interface PageQuery extends SummaryQuery {
  readonly offset: number;
  readonly limit: number;
  readonly sort: string | null;
  readonly descending: boolean;
}

export interface CompareListener {
  readonly signal: AbortSignal;
  onStarted(cells: number): void;
  onCell(view: CellView, progress: number | null, finished: number): void;
}

/** What the routes need of whoever runs notebooks. Paths are the workspace's, and name notebooks that exist. */
export interface Kernels {
  plan(request: PlanRequest, signal: AbortSignal): Promise<PlanView>;
  check(request: CheckRequest, signal: AbortSignal): Promise<CheckView>;
  run(request: RunRequest): Promise<{ run: string }>;
  /** False where no such run is going on. */
  cancel(run: string): boolean;
  cancelCell(run: string, cell: string): Promise<boolean>;
  page(path: string, relation: string, query: PageQuery, signal: AbortSignal): Promise<ResultPage | Problem>;
  summary(path: string, relation: string, query: SummaryQuery, signal: AbortSignal): Promise<SummaryView | Problem>;
  /** The notebook with the results that it has, as one page. */
  export(path: string, query: SummaryQuery, signal: AbortSignal): Promise<string | Problem>;
  /** Runs two versions of a notebook, and compares their results. */
  compare(ask: CompareAsk, listener: CompareListener): Promise<CompareView>;
  /** Gives a cell another id everywhere it is read. */
  rename(request: RenameRequest, signal: AbortSignal): Promise<RenameView | Problem>;
  /** Words of the engine's that may follow a text of SQL. */
  complete(path: string, before: string, signal: AbortSignal): Promise<EngineWord[]>;
  /** Makes ready for what will be asked first. */
  prepare?(): void;
  subscribe(listener: (event: StreamEvent) => void): () => void;
  close(): Promise<void>;
}
