import type { ReactiveControllerHost } from "lit";
import type { Session } from "../../state/session.ts";
import { itemAt, without } from "./edit-model.ts";
import { type Group, ruleOf } from "./model.ts";

/** What a muting is done to: the rule as it is drawn now. */
export interface Muted {
  readonly root: Group;
  readonly name: string;
  readonly session: Session | null;
}

/** Which parts of a rule are looked away from. No text has them, but each change is a step that can be taken back. */
export class Muting {
  #ids: ReadonlySet<string> = new Set();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly now: () => Muted,
  ) {}

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Mutes a part or ends that; false where it can't be: the whole, or what is not chosen yet. */
  toggle(id: string): boolean {
    const { root } = this.now();
    const item = itemAt(root, id);
    if (item === null || ruleOf(item) === null || id === root.id) return false;
    const ids = new Set(this.#ids);
    const isMuted = ids.delete(id);
    if (!isMuted) ids.add(id);
    this.#step(ids, `${isMuted ? "Unmuted" : "Muted"} ${item.kind === "group" ? "a group" : "a condition"}`);
    return true;
  }

  end(): void {
    this.#step(new Set(), "Unmuted everything");
  }

  /** The rule without what is muted. */
  rest(): Group {
    return [...this.#ids].reduce((root, id) => without(root, id), this.now().root);
  }

  /** Forgets what is no longer in the rule. */
  keep(): void {
    this.#show(this.#ids);
  }

  #step(ids: ReadonlySet<string>, label: string): void {
    const before = this.#ids;
    const { session, name } = this.now();
    this.#show(ids);
    session?.look(`${label} in ${name}`, {
      by: this.host,
      back: () => this.#show(before),
      again: () => this.#show(ids),
    });
  }

  #show(ids: ReadonlySet<string>): void {
    const { root } = this.now();
    this.#ids = new Set([...ids].filter((id) => itemAt(root, id) !== null));
    this.host.requestUpdate();
  }
}
