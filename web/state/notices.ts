import { Watchable } from "./watchable.ts";

/** A short message at the page's edge, with something that can be done about it. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: "note" | "error";
  readonly action: { readonly label: string; readonly act: () => void } | null;
}

const MOST_SHOWN = 3;

/** The messages that are shown now, oldest first. */
export class Notices extends Watchable {
  #shown: readonly Notice[] = [];
  #next = 1;

  get shown(): readonly Notice[] {
    return this.#shown;
  }

  say(text: string, action: Notice["action"] = null): void {
    this.#add({ text, tone: "note", action });
  }

  warn(text: string): void {
    this.#add({ text, tone: "error", action: null });
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((notice) => notice.id !== id);
    this.changed();
  }

  #add(notice: Omit<Notice, "id">): void {
    this.#shown = [...this.#shown, { id: this.#next++, ...notice }].slice(-MOST_SHOWN);
    this.changed();
  }
}
