import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { HistoryView } from "../../server/segments/history/view.ts";
import type { SegmentRef } from "../../server/segments/profile/view.ts";
import type { Api } from "./api.ts";
import { ProblemError, problemOf } from "./results.ts";
import type { Session } from "./session.ts";

export interface HistoryWanted {
  readonly api: Api;
  readonly session: Session;
  /** Of one it is read who came and went, of several who moved between them. */
  readonly segments: readonly SegmentRef[];
}

/** What refreshes recorded of the open notebook's segments, read anew after each refresh, and where it was not heard how one ended. */
export class RecordedHistory {
  #last: { mark: string; view: HistoryView } | null = null;
  readonly #task: Task<readonly [string, unknown, string | null], HistoryView | null>;

  constructor(
    host: ReactiveControllerHost,
    private readonly wanted: () => HistoryWanted | null,
  ) {
    this.#task = new Task(host, {
      args: () => {
        const progress = wanted()?.session.runner.progress;
        const lost = progress?.state === "lost" ? progress.run : null;
        return [this.#mark(), progress?.recorded?.view ?? null, lost] as const;
      },
      task: async ([mark], { signal }) => {
        const asked = wanted();
        if (asked === null) return null;
        const { api, session, segments } = asked;
        const found = await api.history({ path: session.path, segments, set: session.values }, signal);
        if (!found.ok) throw new ProblemError(found.problem);
        this.#last = { mark, view: found.value };
        return found.value;
      },
    });
  }

  /** What was read last of the same stays while a newer version is on its way. */
  get value(): HistoryView | null {
    return this.#last?.mark === this.#mark() ? this.#last.view : null;
  }

  /** Whether what is there now is being asked for. */
  get isReading(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }

  #mark(): string {
    const wanted = this.wanted();
    return wanted === null ? "" : JSON.stringify([wanted.session.path, wanted.segments]);
  }
}
