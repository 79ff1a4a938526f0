import type { CellView } from "../../../server/run/view.ts";

/** Relations of a cluster cell that are computed only when they are asked for. */
export type OnDemand = "_rules" | "_choice" | "_drift";

interface ClusterCell {
  readonly session: { run(cells: readonly string[]): Promise<void> } | null;
  readonly view: Pick<CellView, "id" | "state"> | null;
}

/** What the newest run of a cluster cell was asked for beside its clusters. */
export class Asked {
  #asked: ReadonlySet<OnDemand> = new Set();

  constructor(private readonly cell: ClusterCell) {}

  /** Whether a run that was asked for it here still goes. */
  isComing(suffix: OnDemand): boolean {
    return this.#isAtWork && this.#asked.has(suffix);
  }

  /** Computes one more. */
  ask(suffix: OnDemand): void {
    const { session, view } = this.cell;
    if (this.isComing(suffix)) return;
    if (session !== null && view !== null) void session.run(this.#with([suffix]));
  }

  /** What is to be run after the cell's text was changed: its clusters, and what is shown beside them. */
  after(shown: readonly OnDemand[]): string[] {
    return [this.cell.view?.id ?? "", ...this.#with(shown)];
  }

  /** A newer run takes the place of one that goes: it computes what that one was asked for as well. */
  #with(suffixes: readonly OnDemand[]): string[] {
    this.#asked = new Set([...(this.#isAtWork ? this.#asked : []), ...suffixes]);
    return [...this.#asked].map((suffix) => `${this.cell.view?.id}${suffix}`);
  }

  get #isAtWork(): boolean {
    const state = this.cell.view?.state;
    return state === "running" || state === "waiting";
  }
}
