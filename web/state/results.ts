import type { Problem } from "../../server/notebook/model.ts";
import type { ResultPage, SummaryView } from "../../server/run/view.ts";
import type { Answer } from "./answer.ts";
import type { Api, PageRequest } from "./api.ts";
import type { InputValues } from "./inputs.ts";
import { Queue } from "./queue.ts";

/** A problem on its way through a promise that is awaited elsewhere. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = "ProblemError";
  }
}

/** What went wrong in reading, as a problem; what is not one of the server's is a fault of the page. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof DOMException && error.name === "AbortError") return STOPPED;
  const message = `This can't be shown: ${error instanceof Error ? error.message : String(error)}`;
  const hint = "Load the page anew; if it comes back, it is a fault of Segbook.";
  return { code: "page-failed", severity: "error", cell: null, line: null, column: null, message, hint };
}

const STOPPED: Problem = {
  ...{ code: "stopped", severity: "warning", cell: null, line: null, column: null },
  message: "Stopped before all was read.",
  hint: "Try again whenever you like; nothing was changed.",
};

/** A relation as it is at one moment: its name, and the key of the result that holds it, where that is known. */
export interface RelationAt {
  readonly relation: string;
  readonly key: string | null;
}

export type Sort = PageRequest["sort"];

const MOST_KEPT = 60;

/** Fewer than a browser's connections to one server, so that a click is never behind what is only looked at. */
const MOST_AT_ONCE = 3;

/** What is looked at comes before what can be done without for a while: a summary reads the whole relation. */
const URGENCY = { now: 1, later: 0 } as const;

export type Urgency = keyof typeof URGENCY;

/** Which rows of a relation are asked for. */
export interface Wanted {
  readonly offset: number;
  readonly limit: number;
  readonly sort: Sort;
  /** Only rows that have these values, as text, in these columns; absent for all. */
  readonly where?: PageRequest["where"];
  readonly urgency?: Urgency;
}

/** Pages and summaries of a notebook's relations; what has been read of a version is kept for a while. */
export class Results {
  readonly #kept = new Map<string, ResultPage | SummaryView>();
  readonly #queue = new Queue(MOST_AT_ONCE);

  constructor(
    private readonly api: Api,
    private readonly path: string,
    private readonly values: () => InputValues,
    /** What was asked for is there no more: a plan says why. */
    private readonly outdated: () => void = () => undefined,
  ) {}

  /** Rows `offset` to `offset + limit`; rejects with a ProblemError where there are none to be had. */
  page(
    at: RelationAt,
    { offset, limit, sort, where = {}, urgency = "now" }: Wanted,
    signal: AbortSignal,
  ): Promise<ResultPage> {
    const request = { path: this.path, ...at, set: this.values(), offset, limit, sort, where };
    const key = `${keyOf(at)} ${offset} ${limit} ${JSON.stringify([sort, where])}`;
    const ask = () => this.api.page(request, signal);
    return this.#keep(key, () => this.#queue.turn(ask, { urgency: URGENCY[urgency], signal }));
  }

  summary(at: RelationAt, signal: AbortSignal): Promise<SummaryView> {
    const request = { path: this.path, ...at, set: this.values() };
    const ask = () => this.api.summary(request, signal);
    return this.#keep(`${keyOf(at)} summary`, () => this.#queue.turn(ask, { urgency: URGENCY.later, signal }));
  }

  /** The commonest values of a column, where its relation's summary has been read; none where it has not. */
  commonValues(relation: string, column: string): readonly string[] {
    for (const kept of [...this.#kept.values()].reverse()) {
      if (kept.relation !== relation || "offset" in kept) continue;
      return kept.columns.find(({ name }) => name === column)?.top.map(({ value }) => value) ?? [];
    }
    return [];
  }

  async #keep<T extends ResultPage | SummaryView>(key: string, ask: () => Promise<Answer<T>>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept as T;
    const got = await ask();
    if (!got.ok && got.problem.code === "not-computed") this.outdated();
    if (!got.ok) throw new ProblemError(got.problem);
    this.#kept.set(key, got.value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return got.value;
  }
}

function keyOf({ relation, key }: RelationAt): string {
  return `${relation}@${key}`;
}
