import type { Plan } from "./plan.ts";

/** How long a plan answers further questions of the same words. A file of the data that changes is seen after that. */
const FRESH_MS = 2_000;

/** The last plan that was made: a page asks for all its relations at once, and each asks where its rows lie. */
export class RecentPlan {
  private last: { readonly mark: string; readonly until: number; readonly plan: Promise<Plan> } | null = null;

  /** The plan for what `mark` stands for: the last one while it is fresh, else one that is made now. */
  of(mark: string, make: () => Promise<Plan>): Promise<Plan> {
    const { last } = this;
    if (last !== null && last.mark === mark && performance.now() < last.until) return last.plan;
    return this.keep(mark, make());
  }

  keep(mark: string, plan: Promise<Plan>): Promise<Plan> {
    const kept = { mark, until: performance.now() + FRESH_MS, plan };
    this.last = kept;
    plan.catch(() => {
      if (this.last === kept) this.last = null;
    });
    return plan;
  }

  forget(): void {
    this.last = null;
  }
}
