import { Task, TaskStatus } from "@lit/task";
import type { ReactiveControllerHost } from "lit";
import type { Problem } from "../../server/notebook/model.ts";
import type { ExplainView } from "../../server/run/view.ts";
import { ProblemError, problemOf } from "./results.ts";
import type { Session } from "./session.ts";

/** A cell, or one of its rules or features. */
export interface ExplainWanted {
  readonly session: Session;
  readonly cell: string;
  readonly rule: string | null;
}

/** How a cell is computed, asked for an element; asked again once the notebook or its results are others. */
export class Explained {
  readonly #task: Task<readonly unknown[], ExplainView | null>;

  constructor(host: ReactiveControllerHost, wanted: () => ExplainWanted | null) {
    this.#task = new Task(host, {
      args: () => {
        const now = wanted();
        if (now === null) return [];
        const keys = now.session.cells.map(({ key, state }) => `${key} ${state}`).join();
        return [now.session, now.cell, now.rule, now.session.notebook.text, keys];
      },
      task: async (_, { signal }) => {
        const now = wanted();
        if (now === null) return null;
        const answer = await now.session.questions.explain({ cell: now.cell, rule: now.rule }, signal);
        if (!answer.ok) throw new ProblemError(answer.problem);
        return answer.value;
      },
    });
  }

  get value(): ExplainView | null {
    return this.#task.value ?? null;
  }

  get problem(): Problem | null {
    return this.#task.status === TaskStatus.ERROR ? problemOf(this.#task.error) : null;
  }
}
