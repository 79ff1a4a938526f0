/** Which cells' texts are folded away, as the reader left them; kept in the browser for each notebook. */
export class Folds {
  readonly #key: string;
  readonly #folded: Map<string, boolean>;

  constructor(path: string) {
    this.#key = `segbook:folds:${path}`;
    this.#folded = stored(this.#key);
  }

  /** What the reader last chose for a cell; null where they never did. */
  of(id: string): boolean | null {
    return this.#folded.get(id) ?? null;
  }

  choose(id: string, folded: boolean): void {
    this.#folded.set(id, folded);
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#folded]));
    } catch {
      // A browser that forbids storage keeps the choice until the page is left.
    }
  }
}

function stored(key: string): Map<string, boolean> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, boolean] {
  return Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "boolean";
}
