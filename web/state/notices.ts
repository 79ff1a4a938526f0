import { Watchable } from "./watchable.ts";

/** A short message at the page's edge, with something that can be done about it. */
export interface Notice {
  readonly id: string;
  readonly text: string;
  readonly tone: "plain" | "failed";
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
    this.#add({ text, tone: "plain", action });
  }

  warn(text: string): void {
    this.#add({ text, tone: "failed", action: null });
  }

  /** Does what a message offers, and takes it away. */
  act(id: string): void {
    const notice = this.#shown.find((each) => each.id === id);
    this.dismiss(id);
    notice?.action?.act();
  }

  dismiss(id: string): void {
    this.#shown = this.#shown.filter((notice) => notice.id !== id);
    this.changed();
  }

  /** The same words again take the place of the earlier ones; so does a newer offer, for only the newest can be taken. */
  #add(notice: Omit<Notice, "id">): void {
    const offers = notice.action !== null;
    const others = this.#shown.filter((each) => each.text !== notice.text && !(offers && each.action !== null));
    this.#shown = [...others, { id: String(this.#next++), ...notice }].slice(-MOST_SHOWN);
    this.changed();
  }
}
