import type { Cell, Problem } from "../notebook/model.ts";
import { problemMaker } from "./studied.ts";
import type { Waits } from "./waits.ts";

/** What is wrong with a cell that reads itself, directly or through others; null where it does not. */
export function cycleFault(cell: Cell, waits: Waits): Problem[] | null {
  const found = waits.roundOf(cell.id);
  if (found === null) return null;
  const round = found.round.map((id) => `\`${id}\``).join(" → ");
  const isAlone = found.round.length <= 2;
  const message = isAlone ? "This cell reads itself." : `This cell reads itself in a circle: ${round}.`;
  const hint = isAlone
    ? "Let it read something that does not depend on it."
    : "Let one of these cells read something that does not depend on it.";
  return [problemMaker(cell)({ code: "cycle", message, hint, place: found.place })];
}
