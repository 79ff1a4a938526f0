import type { Problem } from "../../server/notebook/model.ts";
import type { Session } from "../state/session.ts";

/** A problem and the cell in which it is. */
export interface PlacedProblem {
  readonly cell: string;
  readonly problem: Problem;
}

/** Goes through a notebook's problems in the order of the page, round and round. */
export class ProblemWalk {
  #last: string | null = null;

  /** The next one, or the one before; from the cell at hand where the last one is gone. Null where there is none. */
  step(session: Session, by: 1 | -1): PlacedProblem | null {
    const all = session.cells.flatMap(({ id, problems }) => problems.map((problem) => ({ cell: id, problem })));
    if (all.length === 0) return null;
    const last = all.findIndex((each) => markOf(each) === this.#last && each.cell === session.at);
    const found = all[last >= 0 ? (last + by + all.length) % all.length : nearest(all, session, by)];
    this.#last = found === undefined ? null : markOf(found);
    return found ?? null;
  }
}

/** The first in the cell at hand or behind it; backwards, the last in it or before. */
function nearest(all: readonly PlacedProblem[], session: Session, by: 1 | -1): number {
  const ids = session.cells.map(({ id }) => id);
  const at = session.at === null ? (by === 1 ? 0 : ids.length) : ids.indexOf(session.at);
  const place = ({ cell }: PlacedProblem) => ids.indexOf(cell);
  const found = by === 1 ? all.findIndex((each) => place(each) >= at) : all.findLastIndex((each) => place(each) <= at);
  return found >= 0 ? found : by === 1 ? 0 : all.length - 1;
}

function markOf({ cell, problem }: PlacedProblem): string {
  return `${cell} ${problem.code} ${problem.message}`;
}
