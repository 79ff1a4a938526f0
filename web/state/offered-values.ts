import type { ValuesRequest, ValuesView } from "../../server/run/preview/view.ts";
import { Debounce } from "./debounce.ts";
import type { Questions } from "./questions.ts";
import { Watchable } from "./watchable.ts";

/** A column, of all rows of a relation or of one kind of event among them. */
export type OfferedColumn = Pick<ValuesRequest, "relation" | "column" | "where">;

const PAUSE = 150;
const MOST_KEPT = 80;

/** Values that the data has for a column, asked for once somebody is about to name one; searched on the server. */
export class OfferedValues extends Watchable {
  readonly #kept = new Map<string, ValuesView>();
  #wanted: { readonly column: OfferedColumn; readonly search: string } | null = null;
  #waiting: AbortController | null = null;
  readonly #soon = new Debounce(PAUSE, () => void this.#ask());

  constructor(private readonly questions: Pick<Questions, "offered">) {
    super();
  }

  /** What is known now; null where nothing has been told yet. */
  of(column: OfferedColumn, search: string): ValuesView | null {
    return this.#kept.get(keyOf(column, search)) ?? null;
  }

  want(column: OfferedColumn, search: string): void {
    if (this.#kept.has(keyOf(column, search))) return;
    const isFirst = this.#wanted === null || keyOf(this.#wanted.column, "") !== keyOf(column, "");
    this.#wanted = { column, search };
    if (isFirst) this.#soon.now();
    else this.#soon.soon();
  }

  async #ask(): Promise<void> {
    const wanted = this.#wanted;
    this.#waiting?.abort();
    if (wanted === null) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    // Without an answer one types what one knows.
    const got = await this.questions
      .offered({ ...wanted.column, search: wanted.search }, waiting.signal)
      .catch(() => null);
    if (this.#waiting !== waiting || got === null || !got.ok) return;
    this.#kept.set(keyOf(wanted.column, wanted.search), got.value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    this.changed();
  }
}

function keyOf({ relation, column, where }: OfferedColumn, search: string): string {
  return JSON.stringify([relation, column, where, search]);
}
