/** What is folded away of cells, as the reader left it; kept in the browser for each notebook. */
export class Folds {
  readonly #key: string;
  readonly #folded: Map<string, boolean>;

  constructor(
    path: string,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage,
  ) {
    this.#key = `segbook:folds:${path}`;
    this.#folded = stored(storage, this.#key);
  }

  /** What the reader last chose for a cell's text or output; null where they never did. */
  of(id: string, part: FoldedPart): boolean | null {
    return this.#folded.get(nameOf(id, part)) ?? null;
  }

  choose(id: string, part: FoldedPart, folded: boolean): void {
    this.#folded.set(nameOf(id, part), folded);
    this.#keep();
  }

  /** A cell that got another id looks as it did; so it does when that is taken back. */
  follow(from: string, to: string): void {
    for (const part of ["text", "output"] as const) {
      const folded = this.of(from, part);
      if (folded !== null) this.#folded.set(nameOf(to, part), folded);
    }
    this.#keep();
  }

  #keep(): void {
    try {
      this.storage.setItem(this.#key, JSON.stringify([...this.#folded]));
    } catch {
      // A browser that forbids storage keeps the choice until the page is left.
    }
  }
}

export type FoldedPart = "text" | "output";

/** An id has no blank. */
function nameOf(id: string, part: FoldedPart): string {
  return part === "text" ? id : `${id} output`;
}

function stored(storage: Pick<Storage, "getItem">, key: string): Map<string, boolean> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, boolean] {
  return Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "boolean";
}
