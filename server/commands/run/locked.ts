import type { Ask, RunAsk, RunResult } from "../../run/asks.ts";
import { compareWithLock, type Verdict } from "../../run/lock/compare.ts";
import type { Lock } from "../../run/lock/model.ts";
import type { PlanView } from "../../run/view.ts";
import { CallFault } from "../command.ts";

/** What `--locked` runs: the lock's inputs and moment, all of it computed. What is given beside must be the same. */
export function lockedAsk(given: Ask, plan: PlanView, lock: Lock): Ask & Pick<RunAsk, "noCache" | "now" | "locked"> {
  const hint = "Leave it out, or write the lock anew with --lock.";
  for (const id of Object.keys(given.set)) {
    const value = plan.inputs.find((input) => input.id === id)?.value ?? null;
    if (value !== lock.inputs[id])
      throw new CallFault(`--set ${id} is ${JSON.stringify(value)}, and ${inLock(lock.inputs[id])}. ${hint}`);
  }
  if (given.asOf !== null && plan.asOf !== lock.as_of.moment)
    throw new CallFault(`--as-of is ${plan.asOf}, and the lock has ${lock.as_of.moment}. ${hint}`);
  // Inputs that are gone are told by the comparison.
  const known = plan.inputs.flatMap(({ id }) => {
    const value = lock.inputs[id] ?? null;
    return value === null ? [] : [[id, value] as const];
  });
  const now = lock.as_of.now === null ? "new" : Date.parse(lock.as_of.now);
  return { ...given, set: Object.fromEntries(known), asOf: lock.as_of.given, noCache: true, locked: true, now };
}

function inLock(value: Lock["inputs"][string] | undefined): string {
  return value === undefined ? "the lock does not have it" : `the lock has ${JSON.stringify(value)}`;
}

/** What a run that was not cancelled comes to, held against the lock. */
export function verdictsOf(result: RunResult, lock: Lock): Verdict[] {
  if (result.lock === null) throw new Error("the run did not tell what a lock holds");
  const failed = result.cells
    .filter(({ state }) => state !== "fresh" && state !== "unknown")
    .map(({ id, kind, state }) => [id, { kind, state: state === "failed" ? "failed" : "was kept from running" }]);
  return compareWithLock({ before: lock, today: result.lock, failed: Object.fromEntries(failed) });
}

/** The verdicts as a person reads them; those that are the same in a word. */
export function verdictText(verdicts: readonly Verdict[], lockName: string): string {
  const lines = verdicts.map(({ cell, kind, verdict, reasons, differences }) => {
    const head = `${verdict.padEnd(10)} ${kind.padEnd(10)} ${cell}`;
    const found = differences.map(({ relation, column, what }) => {
      return column === null ? `\`${relation}\` ${what}.` : `\`${column}\` of \`${relation}\` ${what}.`;
    });
    return [head, ...[...reasons, ...found].map((line) => `    ${line}`)].join("\n");
  });
  const different = verdicts.filter(({ verdict }) => verdict === "different").length;
  const whole =
    different === 0
      ? `All ${verdicts.length} cells are as ${lockName} has them.`
      : `${different} of ${verdicts.length} cells are not as ${lockName} has them.`;
  return `${[...lines, whole].join("\n")}\n`;
}
