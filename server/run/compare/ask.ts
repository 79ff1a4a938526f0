import { parseNotebook } from "../../notebook/parse.ts";
import type { InputSet } from "../inputs.ts";

/** Two texts of a notebook that are to be run and compared. */
export interface CompareAsk {
  /** Where the notebook lies; its last run says what `now` means, on both sides. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Each side takes the values of the inputs that it has. */
  readonly set: InputSet;
  readonly asOf: string | null;
}

/** What one side is run with. */
export function sideOf(ask: CompareAsk, side: "before" | "after") {
  const { path, set, asOf } = ask;
  const inputs = parseNotebook(ask[side]).cells.filter(({ kind }) => kind === "input");
  const known = Object.entries(set).filter(([name]) => inputs.some(({ id }) => id === name));
  return { path, text: ask[side], set: Object.fromEntries(known), asOf };
}
