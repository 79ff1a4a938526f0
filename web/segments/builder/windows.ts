import type { Window } from "../../../server/language/tree.ts";
import { DAYS, TODAY } from "./column-operators.ts";
import { NOWHERE } from "./model.ts";

/** When an event counts, as one chooses it. */
export const WINDOWS = [
  { id: "any", label: "at any time" },
  { id: "last", label: "in the last" },
  { id: "ago", label: "more than … ago" },
  { id: "before", label: "before" },
  { id: "after", label: "after" },
  { id: "between", label: "between" },
] as const;

/** Another kind of window, with as much of the old one as fits. */
export function withWindowKind(window: Window | null, id: string): Window | null {
  const duration = window !== null && "duration" in window ? window.duration : DAYS;
  const moment = window === null ? TODAY : "moment" in window ? window.moment : "low" in window ? window.low : TODAY;
  switch (id) {
    case "last":
    case "ago":
      return { kind: id, duration, ...NOWHERE };
    case "before":
    case "after":
      return { kind: id, moment, ...NOWHERE };
    case "between":
      return { kind: id, low: moment, high: moment, ...NOWHERE };
    default:
      return null;
  }
}
