import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { AuditEntry } from "../../server/monitor/life/model.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { AlertsView } from "../../server/run/alerts/view.ts";
import type { Api } from "./api.ts";
import { ProblemError, problemOf } from "./results.ts";

const NEWEST = 40;

/** What was done to alerts and annotations, the newest first; read anew whenever they are. */
export class Audit {
  #last: readonly AuditEntry[] | null = null;
  readonly #task: Task<readonly unknown[], readonly AuditEntry[] | null>;

  constructor(host: ReactiveControllerHost, wanted: () => { readonly api: Api; readonly of: AlertsView } | null) {
    this.#task = new Task(host, {
      args: () => [wanted()?.of ?? null] as const,
      task: async (_, { signal }) => {
        const now = wanted();
        if (now === null) return null;
        const found = await now.api.audit({ limit: NEWEST }, signal);
        if (!found.ok) throw new ProblemError(found.problem);
        this.#last = found.value.entries;
        return this.#last;
      },
    });
  }

  get entries(): readonly AuditEntry[] | null {
    return this.#last;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }
}
