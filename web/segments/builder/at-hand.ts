import type { Aside } from "./asides.ts";
import type { ItemCommand } from "./item-keys.ts";

/** Where the part at hand is, and of which rule. */
export interface BuilderContext {
  readonly isGroup: boolean;
  readonly isRoot: boolean;
  readonly name: string;
  /** Whether its rule has people of its own in each of the past weeks. */
  readonly isReplayable: boolean;
}

/** A builder that was used last and is still on the page, as the palette speaks to it. */
export interface BuilderAtHand {
  readonly context: BuilderContext | null;
  obey(command: ItemCommand): void;
  show(aside: Aside): void;
}

let builder: BuilderAtHand | null = null;

export const atHand = {
  get builder(): BuilderAtHand | null {
    return builder;
  },
  take(one: BuilderAtHand): void {
    builder = one;
  },
  leave(one: BuilderAtHand): void {
    if (builder === one) builder = null;
  },
};
