import type { Cell } from "../../server/notebook/model.ts";
import type {
  CellView,
  CheckRequest,
  CheckView,
  FindingView,
  PlanRequest,
  SegmentationView,
} from "../../server/run/view.ts";
import type { Answer } from "./answer.ts";
import { Debounce } from "./debounce.ts";
import { type Found, foundIn, withFound } from "./findings.ts";
import { Watchable } from "./watchable.ts";

const CHECK_AFTER = 250;

/** Comparing the sources' keys reads files, so it waits until nobody types. */
const MEASURE_AFTER = 2_000;

/** What calls the server for findings. */
export interface CheckApi {
  check(request: CheckRequest, signal: AbortSignal): Promise<Answer<CheckView>>;
}

/** What there is to say of a notebook beyond its plan: asked for after each plan, the newest answer counts. */
export class Checker extends Watchable {
  #found: readonly Found[] = [];
  #segmentations: readonly SegmentationView[] = [];
  #abort: AbortController | null = null;
  readonly #soon = new Debounce(CHECK_AFTER, () => void this.#ask("known"));
  readonly #later = new Debounce(MEASURE_AFTER, () => void this.#ask("measure"));

  constructor(
    private readonly api: CheckApi,
    private readonly request: () => PlanRequest,
    private readonly cells: () => readonly Cell[],
  ) {
    super();
  }

  /** Asks once nothing new has come for a moment. */
  soon(): void {
    this.#later.stop();
    this.#soon.soon();
  }

  /** Cells with what was found in them beside their own problems. */
  over(views: readonly CellView[]): CellView[] {
    return withFound(views, this.#found, this.cells());
  }

  /** What was found last of a cell's segments, accepted or not; it stays while the cell's text changes. */
  guards(cell: Cell): FindingView[] {
    return this.#found
      .filter(({ id, problem }) => id === cell.id && problem.guard !== null)
      .map(({ problem, below }) => ({ ...problem, line: below === null ? null : below + cell.line }));
  }

  /** How many people a cell's segments hold and share; null where that is not known. */
  segmentation(cell: string): SegmentationView | null {
    return this.#segmentations.find((one) => one.cell === cell) ?? null;
  }

  close(): void {
    this.#soon.stop();
    this.#later.stop();
    this.#abort?.abort();
  }

  async #ask(silos: "known" | "measure"): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const cells = this.cells();
    const checked = await this.api.check({ ...this.request(), silos }, abort.signal).catch(() => null);
    // Findings are an offer: where they can't be had, the plan's own problems still stand.
    if (checked === null || !checked.ok || abort.signal.aborted) return;
    this.#found = foundIn(checked.value.findings, cells);
    this.#segmentations = checked.value.segmentations;
    this.changed();
    if (!checked.value.silosKnown && silos === "known") this.#later.soon();
  }
}
