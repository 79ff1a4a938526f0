import type { ItemCommand } from "./item-keys.ts";

/** A builder that was used last and is still on the page, as the palette speaks to it. */
export interface BuilderAtHand {
  readonly context: { readonly isGroup: boolean; readonly isRoot: boolean; readonly name: string } | null;
  obey(command: ItemCommand): void;
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
