/** A cell that was copied or cut; kept while the page is open, so that it can be pasted into another notebook. */
export interface CopiedCell {
  readonly kind: string;
  readonly id: string;
  readonly body: string;
}

/** The cell that was copied last; null where none was. */
export class Clipboard {
  #cell: CopiedCell | null = null;

  get cell(): CopiedCell | null {
    return this.#cell;
  }

  /** Keeps a cell; the system's clipboard gets it as the notebook has it, where the browser allows that. */
  keep({ kind, id, body }: CopiedCell): void {
    this.#cell = { kind, id, body };
    void navigator.clipboard?.writeText(`\`\`\`${kind} ${id}\n${body.trimEnd()}\n\`\`\`\n`).catch(() => undefined);
  }
}
