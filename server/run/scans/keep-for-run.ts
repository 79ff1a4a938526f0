import type { Kept, Pass } from "../../language/sql-pass.ts";
import type { Around } from "../compute.ts";
import type { Step } from "../order.ts";
import { keepAsk } from "./keep-ask.ts";
import { lookContext } from "./look.ts";

/** Keeps the passes of a cell that is run, and with them what the run's other cells will ask of the same events. */
export async function keepForRun(
  passes: readonly Pass[],
  { step, around, progress }: { step: Step; around: Around; progress: (share: number) => void },
): Promise<Kept> {
  const { run, signal } = around;
  const { plan, cache, scans, scanned } = run;
  const isAnew = run.isAnew(step.studied);
  return scans.keep(passes, {
    ...keepAsk(plan, { cache, signal }),
    ahead: (pass) => passesAhead(pass, step, around),
    // What is computed anew takes nothing from before.
    isTaken: (file) => !isAnew || scanned.has(file),
    onMade: (file) => scanned.add(file),
    onProgress: progress,
  });
}

/** What the cells of the run that are yet to be computed will ask of the relations of a pass, as far as it can be told. */
async function passesAhead(pass: Pass, step: Step, { run, signal }: Around): Promise<Pass[]> {
  const { studies } = run.plan;
  const ahead: Pass[] = [];
  for (const other of run.steps) {
    const { studied } = other;
    const { kind, reading } = studied;
    const isDue = run.isAnew(studied) || other.parts.some(({ stored }) => stored === null);
    if (other === step || !isDue || !kind?.statement || reading === null) continue;
    if (!pass.reads.every((name) => studied.relations.includes(name))) continue;
    const context = lookContext(studied, { studies, cache: run.cache, signal });
    const statement = await kind.statement(reading, context, null);
    if (statement.ok) ahead.push(...statement.passes);
  }
  return ahead;
}
