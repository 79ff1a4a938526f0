import type { ExecuteOptions } from "./execute.ts";
import type { Step } from "./order.ts";
import type { Work } from "./side-by-side.ts";

/** The steps with what each needs: those first that the wanted one needs, then that one, then the others in their order. */
export async function inOrderOfInterest(
  options: Pick<ExecuteOptions, "plan" | "steps" | "first">,
): Promise<Work<Step>[]> {
  const { steps, first } = options;
  const { studies } = options.plan;
  const list: Work<Step>[] = [];
  const before = new Map<object, Step>();
  for (const step of steps) {
    const after = new Set<Step>();
    for (const name of step.studied.relations) {
      const holder = await studies.holder(name);
      // In a circle, where nothing runs, one comes later.
      const other = holder === null ? undefined : before.get(holder.studied.cell);
      if (other !== undefined) after.add(other);
    }
    list.push({ of: step, after: [...after] });
    before.set(step.studied.cell, step);
  }
  const wanted = first === null ? null : (studies.names.home(first)?.cell ?? studies.names.cell(first));
  const goal = wanted === null ? undefined : before.get(wanted);
  if (goal === undefined) return list;
  const near = new Set<Step>();
  const mark = (step: Step) => {
    if (near.has(step)) return;
    near.add(step);
    for (const one of list.find(({ of }) => of === step)?.after ?? []) mark(one);
  };
  mark(goal);
  return [...list.filter(({ of }) => near.has(of)), ...list.filter(({ of }) => !near.has(of))];
}
