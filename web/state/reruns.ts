import { Debounce } from "./debounce.ts";

const RERUN_AFTER = 200;

/** Cells whose result a changed input has made another's: they run again once no input has changed for a moment. */
export class Reruns {
  /** Cells that have shown a result since the notebook was opened. */
  readonly #shown = new Set<string>();
  readonly #outdated = new Set<string>();
  /** What the newest run was asked for; null for everything. */
  #asked: readonly string[] | null = [];
  readonly #soon = new Debounce(RERUN_AFTER, () => void this.#now());

  constructor(
    private readonly isRunning: () => boolean,
    private readonly run: (cells: readonly string[] | null) => Promise<void>,
  ) {}

  shown(id: string): void {
    this.#shown.add(id);
  }

  /** What depends on a changed input; what has shown nothing does not run by itself. */
  outdated(ids: readonly string[]): void {
    for (const id of ids) if (this.#shown.has(id)) this.#outdated.add(id);
  }

  soon(): void {
    if (this.#outdated.size > 0) this.#soon.soon();
  }

  /** A run of everything is one of what inputs have made another's too: none need follow that would end it. */
  asked(cells: readonly string[] | null): void {
    this.#asked = cells;
    if (cells !== null) return;
    this.#outdated.clear();
    this.#soon.stop();
  }

  close(): void {
    this.#soon.stop();
  }

  async #now(): Promise<void> {
    const cells = [...this.#outdated];
    this.#outdated.clear();
    if (cells.length === 0) return;
    // The run that this one takes the place of may have been about other cells too.
    const before = this.isRunning() ? this.#asked : [];
    await this.run(before === null ? null : [...new Set([...cells, ...before])]);
  }
}
