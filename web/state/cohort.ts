import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { CohortView } from "../../server/run/cohort-view.ts";
import type { Api } from "./api.ts";
import type { InputValues } from "./inputs.ts";
import { ProblemError, problemOf } from "./results.ts";
import type { SeriesRef } from "./series-ref.ts";

/** Periods of a series, from one to another. */
export interface CohortAt extends SeriesRef {
  readonly from: string;
  readonly to: string;
  /** Of the result that the series is of. */
  readonly key: string;
}

/** The rows behind periods of one notebook's series. */
export class Cohorts {
  constructor(
    private readonly api: Api,
    private readonly path: string,
    private readonly values: () => InputValues,
  ) {}

  async of({ cell, segment, metric, from, to }: CohortAt, limit: number, signal: AbortSignal): Promise<CohortView> {
    const request = { path: this.path, cell, segment, metric, from, to, set: this.values(), offset: 0, limit };
    const got = await this.api.cohort(request, signal);
    if (!got.ok) throw new ProblemError(got.problem);
    return got.value;
  }
}

export interface CohortWanted {
  readonly cohorts: Cohorts;
  readonly at: CohortAt;
  readonly limit: number;
}

/** The rows behind periods for an element; the first ones stay while more are on their way. */
export class CohortRows {
  #last: { mark: string; view: CohortView } | null = null;
  readonly #task: Task<readonly (string | number)[], CohortView | null>;

  constructor(
    host: ReactiveControllerHost,
    private readonly wanted: () => CohortWanted | null,
  ) {
    this.#task = new Task(host, {
      args: () => [this.#mark(), wanted()?.limit ?? 0] as const,
      task: async ([mark], { signal }) => {
        const now = wanted();
        if (now === null) return null;
        const view = await now.cohorts.of(now.at, now.limit, signal);
        this.#last = { mark: String(mark), view };
        return view;
      },
    });
  }

  /** Null where they have not come yet. */
  get value(): CohortView | null {
    return this.#last?.mark === this.#mark() ? this.#last.view : null;
  }

  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }

  #mark(): string {
    return JSON.stringify(this.wanted()?.at ?? null);
  }
}
