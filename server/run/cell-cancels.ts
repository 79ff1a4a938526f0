import { setMaxListeners } from "node:events";

/** The signals of one run: its own, which ends every cell, and one for each cell, which ends that cell alone. */
export class CellCancels {
  private readonly controllers = new Map<string, AbortController>();

  constructor(readonly run: AbortSignal) {
    // Each cell listens to it.
    setMaxListeners(0, run);
  }

  of(cell: string): AbortSignal {
    return this.controller(cell).signal;
  }

  /** Ends one cell, now or when its turn comes. */
  cancel(cell: string): void {
    this.controller(cell).abort();
  }

  private controller(cell: string): AbortController {
    const known = this.controllers.get(cell);
    if (known !== undefined) return known;
    const controller = new AbortController();
    // Every statement and file of a cell listens to its one signal.
    setMaxListeners(0, controller.signal);
    if (this.run.aborted) controller.abort();
    else this.run.addEventListener("abort", () => controller.abort(), { once: true });
    this.controllers.set(cell, controller);
    return controller;
  }
}
