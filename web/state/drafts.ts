/** Text that was typed and is not in the file yet, kept in the browser so that a crash loses nothing. */
export interface Draft {
  readonly text: string;
  /** The file's etag when the typing began. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const PREFIX = "segbook:draft:";

/** Drafts by notebook path in a storage of the browser; a storage that is full or forbidden keeps none. */
export class Drafts {
  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {}

  /** True where the draft is kept. */
  keep(path: string, draft: Draft): boolean {
    try {
      this.storage.setItem(PREFIX + path, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  forget(path: string): void {
    this.storage.removeItem(PREFIX + path);
  }

  of(path: string): Draft | null {
    const kept = this.storage.getItem(PREFIX + path);
    return kept === null ? null : read(kept);
  }
}

function read(kept: string): Draft | null {
  try {
    const draft = JSON.parse(kept) as Partial<Draft> | null;
    if (typeof draft?.text !== "string" || typeof draft.etag !== "string" || typeof draft.at !== "number") return null;
    return { text: draft.text, etag: draft.etag, at: draft.at };
  } catch {
    return null;
  }
}
