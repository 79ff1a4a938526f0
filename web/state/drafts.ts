/** Text that was typed and is not in the file yet, kept in the browser so that a crash loses nothing. */
export interface Draft {
  readonly text: string;
  /** The file as it was when the typing began, and its etag. */
  readonly base: string;
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A draft of an earlier visit, or of another tab. */
export interface LeftDraft extends Draft {
  readonly key: string;
}

/** Where drafts are kept. Rejects where there is no room, or the browser forbids it. */
export interface DraftStore {
  all(): Promise<readonly (readonly [key: string, draft: unknown])[]>;
  put(key: string, draft: Draft): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Drafts by notebook path and visit, so that none takes the place of another's: read once, then known at once. */
export class Drafts {
  /** Settled once what earlier visits left is known. */
  readonly ready: Promise<void>;
  readonly #left = new Map<string, Draft>();
  /** Writes are one after another: the last one stays. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: DraftStore,
    /** Names this visit among all. */
    private readonly visit: string,
  ) {
    this.ready = store
      .all()
      .then((kept) => {
        for (const [key, draft] of kept) if (isDraft(draft)) this.#left.set(key, draft);
      })
      .catch(() => undefined);
  }

  /** Keeps this visit's draft; true once it is kept. */
  keep(path: string, draft: Draft): Promise<boolean> {
    return this.#write(() => this.store.put(this.#keyOf(path), draft));
  }

  /** Forgets this visit's draft. */
  forget(path: string): Promise<boolean> {
    return this.#write(() => this.store.delete(this.#keyOf(path)));
  }

  /** The newest draft that another visit left. */
  left(path: string): LeftDraft | null {
    const found = [...this.#left].filter(([key]) => key.startsWith(`${path}\n`));
    const [newest] = found.sort(([, a], [, b]) => b.at - a.at);
    return newest === undefined ? null : { key: newest[0], ...newest[1] };
  }

  forgetLeft({ key }: LeftDraft): Promise<boolean> {
    this.#left.delete(key);
    return this.#write(() => this.store.delete(key));
  }

  #keyOf(path: string): string {
    return `${path}\n${this.visit}`;
  }

  #write(write: () => Promise<void>): Promise<boolean> {
    const written = this.#writing.then(write).then(
      () => true,
      () => false,
    );
    this.#writing = written;
    return written;
  }
}

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== "object" || kept === null) return false;
  const { text, base, etag, at } = kept as Partial<Record<keyof Draft, unknown>>;
  return typeof text === "string" && typeof base === "string" && typeof etag === "string" && typeof at === "number";
}
