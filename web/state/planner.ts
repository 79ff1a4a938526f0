import type { Problem } from "../../server/notebook/model.ts";
import type { PlanRequest, PlanView } from "../../server/run/view.ts";
import type { Api } from "./api.ts";
import { Debounce } from "./debounce.ts";
import { Watchable } from "./watchable.ts";

const PLAN_AFTER = 300;

/** What the server makes of a notebook as it stands: the newest answer, asked for anew as one types. */
export class Planner extends Watchable {
  #plan: PlanView | null = null;
  #planned = "";
  #problem: Problem | null = null;
  #abort: AbortController | null = null;
  readonly #soon = new Debounce(PLAN_AFTER, () => void this.now());

  constructor(
    private readonly api: Api,
    private readonly request: () => PlanRequest,
    /** The text that a plan of now is of. */
    private readonly text: () => string,
  ) {
    super();
  }

  get plan(): PlanView | null {
    return this.#plan;
  }

  /** The text that the plan is of: the places of its problems are there. */
  get planned(): string {
    return this.#planned;
  }

  /** Why there is no newer plan; null where there is none wanting. */
  get problem(): Problem | null {
    return this.#problem;
  }

  soon(): void {
    this.#soon.soon();
  }

  /** Plans at once; the plan, or null where it could not be had or a newer one was asked for meanwhile. */
  async now(): Promise<PlanView | null> {
    this.#soon.stop();
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const text = this.text();
    const planned = await this.api.plan(this.request(), abort.signal).catch(() => null);
    if (planned === null || abort.signal.aborted) return null;
    this.#problem = planned.ok ? null : planned.problem;
    if (planned.ok) {
      this.#plan = planned.value;
      this.#planned = text;
    }
    this.changed();
    return planned.ok ? planned.value : null;
  }

  close(): void {
    this.#soon.stop();
    this.#abort?.abort();
  }
}
