import type { Ask } from "../run/asks.ts";
import type { Session } from "../run/session.ts";
import type { SegmentationView } from "../run/view.ts";
import { eventTwice } from "./event-twice.ts";
import type { Finding } from "./finding.ts";
import { floatSum } from "./float-sum.ts";
import { withAccepted } from "./guards/accepted.ts";
import { conditions } from "./guards/conditions.ts";
import { segmentCount } from "./guards/count.ts";
import { isExplained } from "./guards/explained.ts";
import { segmentOverlaps } from "./guards/overlaps.ts";
import { measured } from "./guards/segmentation.ts";
import { settledRules } from "./guards/settled.ts";
import { segmentSizes } from "./guards/sizes.ts";
import { ruleTwins } from "./guards/twins.ts";
import { windowsBeyond } from "./guards/windows.ts";
import { joinRows } from "./join-rows.ts";
import { keyTypes } from "./key-types.ts";
import { leakAsOf } from "./leak-as-of.ts";
import { limitTies } from "./limit-ties.ts";
import { moneyAsFloat } from "./money-as-float.ts";
import { personalData } from "./personal-data.ts";
import { pickAny } from "./pick-any.ts";
import { silos } from "./silos/silos.ts";
import { sourceExpectations } from "./source-expectations.ts";
import { spellingFix } from "./spelling.ts";
import { sqlChance } from "./sql-chance.ts";
import { sqlClock } from "./sql-clock.ts";
import { sqlMissing } from "./sql-missing.ts";
import { type Check, type Subject, subjectOf } from "./subject.ts";
import { unused } from "./unused.ts";
import { values } from "./values.ts";
import { windowTies } from "./window-ties.ts";

const CHECKS: readonly Check[] = [
  sqlChance,
  sqlClock,
  windowTies,
  pickAny,
  limitTies,
  floatSum,
  leakAsOf,
  joinRows,
  sqlMissing,
  values,
  unused,
  segmentCount,
  settledRules,
  ruleTwins,
  segmentSizes,
  segmentOverlaps,
  conditions,
  windowsBeyond,
  sourceExpectations,
  moneyAsFloat,
  personalData,
  eventTwice,
  keyTypes,
];

export interface CheckAsk extends Ask {
  /** Whether keys are compared where that means reading files, or told only where it has been done. */
  readonly silos: "measure" | "known";
}

export interface Checked {
  /** By place; those of planning among them. */
  readonly findings: readonly Finding[];
  readonly cells: number;
  /** False where keys have not been compared yet. */
  readonly silosKnown: boolean;
  /** Of segments and score cells with a result of today. */
  readonly segmentations: SegmentationView[];
}

/** Everything that is to be said of a notebook without running it. */
export async function checkNotebook(session: Session, ask: CheckAsk, signal: AbortSignal): Promise<Checked> {
  const { plan, view, state } = await session.inspect(ask, signal);
  const planned = [...view.problems, ...view.cells.flatMap(({ problems }) => problems)];
  const subject = await subjectOf(plan, signal);
  const own = await Promise.all(CHECKS.map(async (check) => check(subject)));
  const keys = await silos(subject, { folder: state, how: ask.silos });
  const told = new Set(planned.map(({ code, cell }) => `${cell} ${code}`));
  const found = [...own.flat(), ...keys.findings].filter(({ code, cell }) => !told.has(`${cell} ${code}`));
  const findings = [
    ...planned.map((problem) => ({
      ...problem,
      ...{ fix: spellingFix(problem, ask.text), guard: null, accepted: null },
    })),
    ...withAccepted(
      found.filter((one) => !isExplained(one, found)),
      subject,
    ),
  ];
  return {
    findings: inOrder(findings),
    cells: view.cells.length,
    silosKnown: keys.known,
    segmentations: await segmentationsIn(subject),
  };
}

async function segmentationsIn({ plan, signal }: Subject): Promise<SegmentationView[]> {
  const all = await Promise.all(
    plan.cells.map(async (studied) => ({ cell: studied.cell.id, found: await measured(studied, plan, signal) })),
  );
  return all.flatMap(({ cell, found }) => (found === null ? [] : [{ cell, ...found }]));
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : 1),
  );
}
