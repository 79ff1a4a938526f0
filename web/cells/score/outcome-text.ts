import type { ScoreOutcome } from "../../../server/figures/score-outcome.ts";
import { removeScalar } from "../../../server/notebook/edit/remove-scalar.ts";
import { type NamedScalar, setEntries } from "../../../server/notebook/edit/set-entries.ts";
import type { Edited } from "../../../server/notebook/edit/target.ts";

/** Writes what the bands are judged by into the cell, or takes it out. */
export function withOutcome(text: string, cell: string, before: ScoreOutcome, outcome: ScoreOutcome): Edited {
  if (outcome === null) return removeScalar(text, cell, ["outcome"]);
  const entries = Object.entries(outcome).map(([key, value]): NamedScalar => {
    const was = before !== null && Object.hasOwn(before, key) ? key : null;
    return { key, value: String(value), was };
  });
  return setEntries(text, cell, ["outcome"], entries);
}
