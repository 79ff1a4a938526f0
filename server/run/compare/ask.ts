import { parseNotebook } from "../../notebook/parse.ts";
import type { Ask } from "../asks.ts";

/** Two texts of a notebook that are to be run and compared. */
export interface CompareAsk extends Pick<Ask, "rebaselines"> {
  /** Where the notebook lies; its last run says what `now` means, on both sides. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Each side takes the values of the inputs that it has. */
  readonly set: Ask["set"];
  readonly asOf: string | null;
}

/** What one side is run with. */
export function sideOf(ask: CompareAsk, side: "before" | "after"): Ask {
  const { path, set, asOf, rebaselines = [] } = ask;
  const inputs = parseNotebook(ask[side]).cells.filter(({ kind }) => kind === "input");
  const known = Object.entries(set).filter(([name]) => inputs.some(({ id }) => id === name));
  return { path, text: ask[side], set: Object.fromEntries(known), asOf, rebaselines };
}
