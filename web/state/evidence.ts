import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { EvidenceView, WithoutView } from "../../server/run/view.ts";
import type { Answer } from "./answer.ts";
import type { Api } from "./api.ts";
import type { InputValues } from "./inputs.ts";
import type { Reading } from "./relation.ts";
import { ProblemError, problemOf } from "./results.ts";

/** A feature of a cell, and where its rows are read. */
export interface FeatureAt extends Reading {
  readonly cell: string;
  readonly feature: string;
}

const MOST_KEPT = 60;

/** What stands behind features of one notebook; what has been read of a result is kept for a while. */
export class Evidence {
  readonly #kept = new Map<string, unknown>();

  constructor(
    private readonly api: Api,
    private readonly path: string,
    private readonly values: () => InputValues,
  ) {}

  /** The latest events of one person. */
  of({ cell, feature, at }: FeatureAt, person: string, limit: number, signal: AbortSignal): Promise<EvidenceView> {
    const request = { path: this.path, cell, feature, set: this.values(), person, offset: 0, limit };
    return this.#keep(`${at.key} ${feature} ${limit} ${person}`, () => this.api.evidence(request, signal));
  }

  /** How many people have none of the events that count. */
  without({ cell, feature, at }: FeatureAt, signal: AbortSignal): Promise<WithoutView> {
    const request = { path: this.path, cell, feature, set: this.values() };
    return this.#keep(`${at.key} ${feature} without`, () => this.api.without(request, signal));
  }

  async #keep<T>(key: string, ask: () => Promise<Answer<T>>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept as T;
    const got = await ask();
    if (!got.ok) throw new ProblemError(got.problem);
    this.#kept.set(key, got.value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return got.value;
  }
}

export interface PersonWanted {
  readonly of: FeatureAt;
  readonly evidence: Evidence;
  /** The key as text, or the place in the order of the feature's values. */
  readonly person: string | number;
  /** Of the order of places. */
  readonly descending: boolean;
  readonly entity: string;
  readonly events: number;
}

/** A person's events behind a feature for an element; the last person's stay while the next one's are on their way. */
export class PersonEvidence {
  #last: EvidenceView | null = null;
  readonly #task: Task<readonly unknown[], EvidenceView | null>;

  constructor(host: ReactiveControllerHost, wanted: () => PersonWanted | null) {
    this.#task = new Task(host, {
      args: () => {
        const now = wanted();
        return now === null
          ? []
          : [now.evidence, now.of.at.key, now.of.feature, now.person, now.events, now.descending];
      },
      task: async (_, { signal }) => {
        const now = wanted();
        if (now === null) return null;
        const person = typeof now.person === "string" ? now.person : await personAt(now, now.person, signal);
        if (person === null) return null;
        this.#last = await now.evidence.of(now.of, person, now.events, signal);
        return this.#last;
      },
    });
  }

  get value(): EvidenceView | null {
    return this.#last;
  }

  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }

  retry(): void {
    void this.#task.run();
  }
}

/** The key of the person at a place in the order of a feature's values. */
async function personAt({ of, descending, entity }: PersonWanted, place: number, signal: AbortSignal) {
  const sort = { column: of.feature, descending };
  const { columns, rows } = await of.results.page(of.at, { offset: place, limit: 1, sort }, signal);
  const key = rows[0]?.[columns.findIndex(({ name }) => name === entity)];
  return key === undefined || key === null ? null : String(key);
}

/** How many people have no event that counts, for an element. */
export class Without {
  readonly #task: Task<readonly unknown[], WithoutView | null>;

  constructor(host: ReactiveControllerHost, wanted: () => { evidence: Evidence; of: FeatureAt } | null) {
    this.#task = new Task(host, {
      args: () => {
        const now = wanted();
        return now === null ? [] : [now.evidence, now.of.at.key, now.of.feature];
      },
      task: async (_, { signal }) => {
        const now = wanted();
        return now === null ? null : now.evidence.without(now.of, signal);
      },
    });
  }

  /** Null while it is not known. */
  get value(): WithoutView | null {
    return this.#task.status === TaskStatus.COMPLETE ? (this.#task.value ?? null) : null;
  }
}
