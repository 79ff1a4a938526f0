import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { ProfileView, SegmentRef } from "../../server/segments/profile/view.ts";
import type { Api } from "./api.ts";
import { ProblemError, problemOf } from "./results.ts";
import type { Session } from "./session.ts";

/** Whose profile is read, and from where; null while there is nothing to read. */
export interface ProfileWanted {
  readonly api: Api;
  readonly session: Session;
  readonly segments: readonly SegmentRef[];
}

/** What the people of segments are like, read anew whenever their cells' results or the inputs change. */
export class Profile {
  #last: ProfileView | null = null;
  readonly #task: Task<readonly [string], ProfileView | null>;

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
        const found = await api.profile({ path: session.path, segments, set: session.values }, signal);
        if (!found.ok) throw new ProblemError(found.problem);
        this.#last = found.value;
        return found.value;
      },
    });
  }

  /** What was read last of these segments stays while a newer version is on its way. */
  get value(): ProfileView | null {
    const asked = this.wanted()?.segments ?? [];
    const found = this.#last?.segments ?? [];
    const isOf = asked.length === found.length && asked.every((one, index) => isSame(one, found[index]));
    return isOf ? this.#last : null;
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

  /** Gives up what is being read; that is then its problem. */
  stop(): void {
    this.#task.abort();
  }
}

function isSame(one: SegmentRef, other: SegmentRef | undefined): boolean {
  return one.cell === other?.cell && one.name === other.name;
}

/** Changes whenever something else is to be read. */
export function markOf(wanted: ProfileWanted | null): string {
  if (wanted === null) return "";
  const { session, segments } = wanted;
  const keys = session.cells.map(({ id, key, state }) => [id, key, state === "fresh"]);
  return JSON.stringify([session.path, session.file.status, segments, keys, session.values]);
}
