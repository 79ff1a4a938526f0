import type { Command } from "./commands.ts";
import type { KeyMap } from "./key-map.ts";
import { type KeyPress, partsOf, strokeOf } from "./key-stroke.ts";

/** How long the second of two strokes is waited for, in milliseconds. */
const SECOND_WITHIN = 1_000;

/** Where a press went. */
export interface Pressed {
  /** Whether into a text that is being written. */
  readonly typing: boolean;
  /** Whether the control that has the focus uses a stroke itself. */
  readonly uses: (stroke: string) => boolean;
  /** Milliseconds of the press, on any clock. */
  readonly time: number;
}

/** Understands presses one after the other, also commands of two strokes. */
export class KeyReader {
  #first: { readonly stroke: string; readonly time: number } | null = null;

  constructor(private readonly map: () => KeyMap) {}

  /** What a press asks for, `more` where another stroke is awaited, null where it is not the page's. */
  read(press: KeyPress, { typing, uses, time }: Pressed): Command | "more" | null {
    const stroke = strokeOf(press);
    if (stroke === null) return null;
    const first = this.#first;
    this.#first = null;
    if (uses(stroke)) return null;
    if (first !== null && time - first.time <= SECOND_WITHIN) {
      const found = this.map().find(`${first.stroke} ${stroke}`, { typing });
      if (found !== null) return found;
    }
    const found = this.map().find(stroke, { typing });
    if (found === "more") this.#first = { stroke, time };
    return found;
  }
}

/** Whether a key press with this path goes into a text that is being written. */
export function isTyping(path: readonly EventTarget[]): boolean {
  const target = path[0];
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select")
  );
}

/** Whether what has the focus uses a stroke itself: a button takes Enter and Space, a list or grid whatever is not held with Ctrl or Alt. */
export function usedBy(path: readonly EventTarget[]): (stroke: string) => boolean {
  const target = path[0];
  if (!(target instanceof HTMLElement)) return () => false;
  const whole = target.closest(
    "[role=grid], [role=menu], [role=menuitem], [role=listbox], [role=tree], [role=slider], [type=range], [type=radio]",
  );
  const pressed = target.closest("button, a, summary, [type=checkbox], [role=button], [role=tab]");
  const field = target.matches("input, select, textarea");
  return (stroke) => {
    const parts = partsOf(stroke);
    // A field that is filled in takes Enter as its own, however it is held.
    if (field && parts.at(-1) === "Enter" && !parts.includes("mod")) return true;
    if (/^F\d+$/.test(parts.at(-1) ?? "") || parts.includes("mod") || parts.includes("alt")) return false;
    return whole !== null || (pressed !== null && (stroke === "Enter" || stroke === "Space"));
  };
}
