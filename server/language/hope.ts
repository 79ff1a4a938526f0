import type { EventWord } from "./vocabulary.ts";

/** Something that may stand at a place of a rule or an expression, as its reader knows it there. */
export type Hope =
  /** A condition of a rule, or a feature's expression. */
  | { readonly slot: "condition" | "feature" | "event" | "segment" | "moment" | "count" }
  /** A column of an event, behind WHERE. */
  | { readonly slot: "property"; readonly event: EventWord }
  /** A column and the event that has it, behind a measure such as SUM OF. */
  | { readonly slot: "measured"; readonly how: string }
  /** What is asked of a column or a measure. */
  | { readonly slot: "operator"; readonly compared: Compared; readonly negated: "not" | "plain" }
  | { readonly slot: "value"; readonly compared: Compared | null }
  /** A unit of time behind a number, where what is compared may be a time; and what must stand behind the unit. */
  | { readonly slot: "unit"; readonly tail: "" | " ago"; readonly compared?: Compared | null }
  /** What an event may have behind it. */
  | { readonly slot: "where" | "times" | "window" }
  | { readonly slot: "words"; readonly words: readonly string[] };

/** A column by name, of an event or of the people; or a measure, whose value is a number or its column's. */
export interface Compared {
  readonly name: string;
  readonly event: EventWord | null;
}
