import type { Plan } from "./plan.ts";
import { Shared } from "./shared.ts";

/** How long a plan answers further questions of the same words. A file of the data that changes is seen after that. */
const FRESH_MS = 2_000;

type Make = (signal: AbortSignal) => Promise<Plan>;

/** The last plan that was made: a page asks for all its relations at once, and each asks where its rows lie. */
export class RecentPlan {
  private last: { readonly mark: string; readonly until: number; readonly plan: Shared<Plan> } | null = null;

  /** The plan for what `mark` stands for: the last one while it is fresh, else one that is made now. */
  async of(mark: string, make: Make, signal: AbortSignal): Promise<Plan> {
    const { last } = this;
    const isFresh = last !== null && last.mark === mark && performance.now() < last.until && !last.plan.isEnded;
    return isFresh ? last.plan.of(signal) : this.anew(mark, make, signal);
  }

  /** The plan made now, whatever there is. */
  async anew(mark: string, make: Make, signal: AbortSignal): Promise<Plan> {
    const kept = { mark, until: performance.now() + FRESH_MS, plan: new Shared(make) };
    this.last = kept;
    try {
      return await kept.plan.of(signal);
    } catch (error) {
      if (this.last === kept && !signal.aborted) this.last = null;
      throw error;
    }
  }

  forget(): void {
    this.last = null;
  }
}
