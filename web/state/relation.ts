import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { ResultPage, SummaryView } from "../../server/run/view.ts";
import { problemOf, type RelationAt, type Results, type Sort, type Wanted } from "./results.ts";

/** What is read of a relation, and from where; null while there is nothing to read. */
export interface Reading extends Pick<Wanted, "where" | "urgency"> {
  readonly results: Results;
  readonly at: RelationAt;
}

/** Something read from the server for an element. What was read last stays while a newer version is on its way or is wanting. */
class Read<T> {
  #last: T | null = null;
  readonly #task: Task<readonly (string | Results | null)[], T | null>;

  constructor(
    host: ReactiveControllerHost,
    wanted: () => Reading | null,
    read: (reading: Reading, signal: AbortSignal) => Promise<T>,
  ) {
    this.#task = new Task(host, {
      args: () => {
        const reading = wanted();
        const { results = null, at, where } = reading ?? {};
        return [results, at?.relation ?? null, at?.key ?? null, JSON.stringify(where ?? null)] as const;
      },
      task: async (_, { signal }) => {
        const reading = wanted();
        if (reading === null) return this.#last;
        const got = await read(reading, signal);
        this.#last = got;
        return got;
      },
    });
  }

  get value(): T | null {
    return this.#last;
  }

  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** Reads again after a failure. */
  retry(): void {
    void this.#task.run();
  }

  get problem(): Problem | null {
    const { error, status } = this.#task;
    return status === TaskStatus.ERROR ? problemOf(error) : null;
  }
}

/** The first rows of a relation in one order. */
export class Rows extends Read<ResultPage> {
  constructor(
    host: ReactiveControllerHost,
    wanted: () => Reading | null,
    { limit, sort = null }: { limit: number; sort?: Sort },
  ) {
    super(host, wanted, ({ results, at }, signal) => results.page(at, { offset: 0, limit, sort }, signal));
  }
}

/** Each column of a relation in summary. */
export class Summary extends Read<SummaryView> {
  constructor(host: ReactiveControllerHost, wanted: () => Reading | null) {
    super(host, wanted, ({ results, at }, signal) => results.summary(at, signal));
  }
}

/** Every row of a relation in its own order, up to `most`; for relations whose size is a matter of periods, not of people. */
export class AllRows extends Read<ResultPage> {
  constructor(host: ReactiveControllerHost, wanted: () => Reading | null, { most }: { most: number }) {
    super(host, wanted, (reading, signal) => allRows(reading, { most, signal }));
  }
}

/** The most rows that travel at once. */
const CHUNK = 10_000;

/** Reads every row of a relation up to `most`, in as many pages as it takes. */
export async function allRows(
  { results, at, where, urgency }: Reading,
  { most, signal }: { most: number; signal: AbortSignal },
): Promise<ResultPage> {
  const which = { sort: null, ...(where && { where }), ...(urgency && { urgency }) };
  const read = (offset: number, limit: number) => results.page(at, { offset, limit, ...which }, signal);
  const first = await read(0, Math.min(CHUNK, most));
  const wanted = Math.min(first.total, most);
  const offsets: number[] = [];
  for (let offset = first.rows.length; offset < wanted && offset > 0; offset += CHUNK) offsets.push(offset);
  const rest = await Promise.all(offsets.map((offset) => read(offset, Math.min(CHUNK, wanted - offset))));
  return { ...first, rows: [first, ...rest].flatMap(({ rows }) => rows) };
}
