import type { LitElement, ReactiveController } from "lit";

/** A part of a rule, and where on it the focus is to be. */
export interface FocusPlace {
  readonly id: string;
  readonly on: "grip" | "fields";
}

/** Gives a part of a rule the focus as soon as it is drawn. */
export class ItemFocus implements ReactiveController {
  #wanted: FocusPlace | null = null;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  want(place: FocusPlace): void {
    this.#wanted = place;
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    const wanted = this.#wanted;
    if (wanted === null) return;
    const drawn = this.host.renderRoot;
    const grip = drawn.querySelector<HTMLElement>(`[data-grip="${wanted.id}"]`);
    if (grip === null) return;
    this.#wanted = null;
    const row = drawn.querySelector(`[data-id="${wanted.id}"]`);
    const fields = row?.querySelector<HTMLElement>(":scope > .head > seg-condition") ?? null;
    if (wanted.on === "fields" && fields !== null) fields.focus();
    else grip.focus();
  }
}
