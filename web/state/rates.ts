import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { RatesView } from "../../server/segments/rates/view.ts";
import { markOf, type ProfileWanted } from "./profile.ts";
import { ProblemError, problemOf } from "./results.ts";

/** What the people of segments do with what is sent to them, read anew whenever results or the inputs change. */
export class Rates {
  #last: { asked: string; view: RatesView } | null = null;
  readonly #task: Task<readonly [string], RatesView | null>;

  constructor(
    host: ReactiveControllerHost,
    private readonly wanted: () => ProfileWanted | null,
  ) {
    this.#task = new Task(host, {
      args: () => [markOf(wanted())] as const,
      task: async (_, { signal }) => {
        const asked = wanted();
        if (asked === null || asked.segments.length === 0) return null;
        const { api, session, segments } = asked;
        const found = await api.rates({ path: session.path, segments, set: session.values }, signal);
        if (!found.ok) throw new ProblemError(found.problem);
        this.#last = { asked: this.#asked(), view: found.value };
        return found.value;
      },
    });
  }

  /** What was read last of these segments stays while a newer version is on its way. */
  get value(): RatesView | null {
    return this.#last?.asked === this.#asked() ? this.#last.view : null;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }

  retry(): void {
    void this.#task.run();
  }

  /** Gives up what is being read; that is then its problem. */
  stop(): void {
    this.#task.abort();
  }

  #asked(): string {
    const wanted = this.wanted();
    return JSON.stringify([wanted?.session.path, wanted?.segments]);
  }
}
