import type { ReactiveController, ReactiveControllerHost } from "lit";
import { emit } from "../parts/emit.ts";
import { scrollerOf } from "./near.ts";

/** Pixels that a pointer moves before it drags. */
const SLACK = 5;
/** So near to an edge of what is seen, in pixels, the page scrolls. */
const EDGE = 56;
const FASTEST = 14;

interface Place {
  /** The cell after which it would go; null before the first. */
  readonly after: string | null;
  /** In the page's own pixels. */
  readonly y: number;
}

export interface Draggable {
  readonly id: string;
  readonly element: HTMLElement;
}

/** A cell that is dragged by its handle to another place. Emits `place-cell` from the host; Escape lets it be. */
export class CellDrag implements ReactiveController {
  #cell: string | null = null;
  #start = { x: 0, y: 0 };
  #pointer = { x: 0, y: 0 };
  #moving = false;
  #place: Place | null = null;
  #frame = 0;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    /** The cells as they stand on the page. */
    private readonly cells: () => readonly Draggable[],
  ) {
    host.addController(this);
  }

  /** The cell that is being dragged; null where none is. */
  get cell(): string | null {
    return this.#moving ? this.#cell : null;
  }

  /** Where the line is drawn, in pixels below the host's top. */
  get line(): number | null {
    return this.#place === null ? null : this.#place.y - this.host.getBoundingClientRect().top;
  }

  get pointer(): { readonly x: number; readonly y: number } {
    return this.#pointer;
  }

  hostDisconnected(): void {
    this.#end();
  }

  begin(cell: string, event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#cell = cell;
    this.#start = { x: event.clientX, y: event.clientY };
    this.#pointer = this.#start;
    addEventListener("pointermove", this.#moved);
    addEventListener("pointerup", this.#dropped);
    addEventListener("pointercancel", this.#end);
    addEventListener("blur", this.#end);
    addEventListener("keydown", this.#key, { capture: true });
  }

  readonly #moved = (event: PointerEvent): void => {
    this.#pointer = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) > SLACK;
    if (!this.#moving && !far) return;
    if (!this.#moving) this.#frame = requestAnimationFrame(this.#scroll);
    this.#moving = true;
    this.#look();
  };

  readonly #dropped = (): void => {
    const { cell } = this;
    const place = this.#place;
    this.#end();
    if (cell !== null && place !== null) emit(this.host, "place-cell", { cell, after: place.after });
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#end();
  };

  readonly #end = (): void => {
    if (this.#cell === null) return;
    cancelAnimationFrame(this.#frame);
    removeEventListener("pointermove", this.#moved);
    removeEventListener("pointerup", this.#dropped);
    removeEventListener("pointercancel", this.#end);
    removeEventListener("blur", this.#end);
    removeEventListener("keydown", this.#key, { capture: true });
    this.#cell = null;
    this.#moving = false;
    this.#place = null;
    this.host.requestUpdate();
  };

  /** At an edge of what is seen the page goes on, faster the nearer it is. */
  readonly #scroll = (): void => {
    const scroller = scrollerOf(this.host);
    if (scroller !== null && this.#moving) {
      const { top, bottom } = scroller.getBoundingClientRect();
      const { y } = this.#pointer;
      const by = y < top + EDGE ? y - top - EDGE : y > bottom - EDGE ? y - bottom + EDGE : 0;
      const before = scroller.scrollTop;
      scroller.scrollTop += Math.max(-1, Math.min(1, by / EDGE)) * FASTEST;
      if (scroller.scrollTop !== before) this.#look();
    }
    this.#frame = requestAnimationFrame(this.#scroll);
  };

  #look(): void {
    this.#place = nearestPlace(this.cells(), this.#pointer.y);
    this.host.requestUpdate();
  }
}

/** The gap between cells that is nearest to a height. */
function nearestPlace(cells: readonly Draggable[], y: number): Place | null {
  const boxes = cells.map(({ id, element }) => ({ id, box: element.getBoundingClientRect() }));
  const first = boxes[0];
  if (first === undefined) return null;
  const places: Place[] = [
    { after: null, y: first.box.top - 7 },
    ...boxes.map(({ id, box }) => ({ after: id, y: box.bottom + 7 })),
  ];
  return places.reduce((best, place) => (Math.abs(place.y - y) < Math.abs(best.y - y) ? place : best));
}
