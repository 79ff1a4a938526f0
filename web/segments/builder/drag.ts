import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Pixels that a pointer moves before it drags. */
const SLACK = 4;

/** Between two items of a group, or at an end of it. */
export interface Gap {
  readonly into: string;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** A part of a rule that is dragged by its handle into another place; Escape lets it be. */
export class ItemDrag implements ReactiveController {
  #item: string | null = null;
  #start = { x: 0, y: 0 };
  #isMoving = false;
  #gap: Gap | null = null;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    /** Where an item may be dropped. */
    private readonly gaps: (item: string) => readonly Gap[],
    private readonly dropped: (item: string, gap: Gap) => void,
  ) {
    host.addController(this);
  }

  /** The item that is being dragged; null where none is. */
  get item(): string | null {
    return this.#isMoving ? this.#item : null;
  }

  /** Where the line is drawn, in pixels from the host's corner. */
  get line(): { readonly x: number; readonly y: number } | null {
    if (this.#gap === null) return null;
    const { top, left } = this.host.getBoundingClientRect();
    return { x: this.#gap.x - left, y: this.#gap.y - top };
  }

  hostDisconnected(): void {
    this.#end();
  }

  begin(item: string, event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#item = item;
    this.#start = { x: event.clientX, y: event.clientY };
    addEventListener("pointermove", this.#moved);
    addEventListener("pointerup", this.#drop);
    addEventListener("pointercancel", this.#end);
    addEventListener("keydown", this.#key, { capture: true });
  }

  readonly #moved = (event: PointerEvent): void => {
    const isFar = Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) > SLACK;
    if (this.#item === null || (!this.#isMoving && !isFar)) return;
    this.#isMoving = true;
    this.#gap = nearest(this.gaps(this.#item), { x: event.clientX, y: event.clientY });
    this.host.requestUpdate();
  };

  readonly #drop = (): void => {
    const item = this.item;
    const gap = this.#gap;
    this.#end();
    if (item !== null && gap !== null) this.dropped(item, gap);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#end();
  };

  readonly #end = (): void => {
    removeEventListener("pointermove", this.#moved);
    removeEventListener("pointerup", this.#drop);
    removeEventListener("pointercancel", this.#end);
    removeEventListener("keydown", this.#key, { capture: true });
    this.#item = null;
    this.#isMoving = false;
    this.#gap = null;
    this.host.requestUpdate();
  };
}

/** Of gaps at one height the innermost whose group the pointer is in. */
function nearest(gaps: readonly Gap[], { x, y }: { x: number; y: number }): Gap | null {
  const cost = (gap: Gap) => Math.abs(gap.y - y) + (x < gap.x ? (gap.x - x) / 2 : (x - gap.x) / 40);
  const [first, ...others] = gaps;
  return first === undefined ? null : others.reduce((best, gap) => (cost(gap) < cost(best) ? gap : best), first);
}
