import type { NotebookFile } from "./notebook-file.ts";
import {
  carried,
  type Entry,
  emptyHistory,
  type History,
  looked,
  parted,
  redone,
  remembered,
  type Seen,
  type Typing,
  typedInto,
  undone,
} from "./undo.ts";

/** A change that was taken back or done again, and the cell to look at. */
export interface Turned {
  readonly label: string;
  readonly at: string | null;
}

/** The changes of one notebook's text, whichever cell they were in, each of which can be taken back and done again. */
export class TextHistory {
  #history: History = emptyHistory;

  constructor(
    private readonly file: NotebookFile,
    /** Called after a change that is no typing: it is to be planned at once. */
    private readonly leapt: () => void,
  ) {}

  /** What would be taken back next; null where nothing can be. */
  get undoLabel(): string | null {
    return this.#history.done.at(-1)?.label ?? null;
  }

  /** What would be done again next; null where nothing was taken back. */
  get redoLabel(): string | null {
    return this.#history.undone.at(-1)?.label ?? null;
  }

  /** What is typed in one place without a pause is taken back together. */
  type(text: string, typing: Typing): void {
    this.#history = typedInto(this.#history, typing, { before: this.file.text, after: text });
    this.file.edit(text);
  }

  change(text: string, entry: Pick<Entry, "label" | "from" | "to">): void {
    const { text: before } = this.file;
    if (text === before) return;
    this.#history = remembered(this.#history, entry, { before, after: text });
    this.file.edit(text);
    this.leapt();
  }

  /** A step in a view alone. */
  look(seen: Seen, entry: Pick<Entry, "label" | "from" | "to">): void {
    this.#history = looked(this.#history, entry, seen);
  }

  /** A view is no more: what it did can't be taken back. */
  part(by: object): void {
    this.#history = parted(this.#history, by);
  }

  undo(): Turned | null {
    const back = undone(this.#history, this.file.text);
    return back === null ? null : this.#turn(back, back.entry.from);
  }

  redo(): Turned | null {
    const again = redone(this.#history, this.file.text);
    return again === null ? null : this.#turn(again, again.entry.to);
  }

  /** The file was changed by another hand since it was `before`: what can still be taken back is moved to its new place. */
  carry(before: string): void {
    this.#history = carried(this.#history, { before, after: this.file.text });
  }

  #turn({ entry, text, history }: { entry: Entry; text: string; history: History }, at: string | null): Turned {
    this.#history = history;
    if (entry.seen === null) {
      this.file.edit(text);
      this.leapt();
    } else entry.seen.back();
    return { label: entry.label, at };
  }
}
