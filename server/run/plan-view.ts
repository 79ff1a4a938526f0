import { cellView } from "./cell-view.ts";
import { type LastRun, lastOf } from "./last-run.ts";
import type { Plan } from "./plan.ts";
import type { PlanView } from "./view.ts";
import { offsetTime } from "./wall-time.ts";

/** What a page or a command shows of a plan, with what is remembered of the last run. */
export function planView(plan: Plan, last: LastRun): PlanView {
  const { names } = plan.studies;
  const isFirst = ({ cell }: Plan["cells"][number]) => names.cell(cell.id) === cell;
  return {
    asOf: offsetTime(plan.clock.asOf, plan.clock.zone),
    inputs: [...plan.inputs],
    // Ids are unique here: what is wrong with a second cell of one id is told with the file's problems.
    cells: plan.cells.filter(isFirst).map((studied) => cellView(studied, lastOf(last, studied.cell.id))),
    problems: [...plan.problems, ...plan.cells.filter((one) => !isFirst(one)).flatMap(({ problems }) => problems)],
  };
}
