import { own } from "../../notebook/own.ts";
import { type Difference, differences } from "./differences.ts";
import type { Lock, MadeLock, Uses } from "./model.ts";

export type Moved = "data" | "definition" | "engine";

/** What a cell comes to today, held against the lock. */
export interface Verdict {
  readonly cell: string;
  readonly kind: string;
  readonly verdict: "same" | "different";
  /** What moved, of this cell or of one that it reads; empty where nothing did. */
  readonly moved: readonly Moved[];
  /** Each in a sentence. */
  readonly reasons: readonly string[];
  readonly differences: readonly Difference[];
}

export interface Compared {
  readonly before: Lock;
  readonly today: MadeLock;
  /** Cells that did not come to a result today → their kind and how they ended. */
  readonly failed: Readonly<Record<string, { readonly kind: string; readonly state: string }>>;
}

/** Holds what a run came to against a lock, cell by cell: those of today in their order, then those that are gone. */
export function compareWithLock(compared: Compared): Verdict[] {
  const { before, today, failed } = compared;
  const verdicts = new Map<string, Verdict>();
  const judge = (cell: string): Verdict => {
    const known = verdicts.get(cell);
    if (known !== undefined) return known;
    const verdict = verdictOf(cell, compared, judge);
    verdicts.set(cell, verdict);
    return verdict;
  };
  const ids = new Set([...Object.keys(today.lock.cells), ...Object.keys(failed), ...Object.keys(before.cells)]);
  for (const cell of ids) judge(cell);
  // An input that failed is told once.
  const inputs = inputVerdicts(before, today.lock).filter(({ cell }) => !verdicts.has(cell));
  return [...inputs, ...verdicts.values()];
}

function verdictOf(cell: string, { before, today, failed }: Compared, judge: (cell: string) => Verdict): Verdict {
  const then = own(before.cells, cell);
  const now = own(today.lock.cells, cell);
  const fault = own(failed, cell);
  const kind = now?.kind ?? fault?.kind ?? then?.kind ?? "";
  const different = (moved: readonly Moved[], reasons: readonly string[]): Verdict => {
    return { cell, kind, verdict: "different", moved, reasons, differences: [] };
  };
  if (fault !== undefined) return different([], [`It ${fault.state}, so that there is nothing to compare.`]);
  if (now === undefined) return different(["definition"], ["It is in the lock and no longer in the notebook."]);
  if (then === undefined) return different(["definition"], ["It is not in the lock."]);
  const uses = own(today.uses, cell) ?? { reads: {}, head: [], usesTime: false };
  const causes = [
    ...filesMoved(own(before.sources, cell) ?? {}, own(today.lock.sources, cell) ?? {}),
    ...(then.text === now.text ? [] : [{ moved: "definition" as const, reason: "The cell's text changed." }]),
    ...headMoved(before, today.lock, uses),
    ...engineMoved(before, today.lock),
  ];
  const read = Object.entries(uses.reads).flatMap(([name, upstream]) => {
    const { verdict, moved, differences: upstreams } = judge(upstream);
    const isOther = verdict === "different" && upstreams.every(({ relation }) => relation !== name);
    // A cell whose audit alone differs leaves its readers as they were.
    return verdict === "same" || (isOther && upstreams.length > 0) ? [] : [{ name, moved }];
  });
  const found = differences(then.relations, now.relations, before.tolerance);
  const isSame = found.length === 0;
  const reasons = [
    ...causes.map(({ reason }) => reason),
    ...read.map(({ name }) => `\`${name}\`, which it reads, is different.`),
  ];
  const nothing = !isSame && reasons.length === 0;
  return {
    ...{ cell, kind, verdict: isSame ? "same" : "different" },
    moved: [...new Set([...causes.map(({ moved }) => moved), ...read.flatMap(({ moved }) => moved)])],
    reasons: nothing ? ["Its result is not reproducible: nothing that it depends on has moved."] : reasons,
    differences: found,
  };
}

interface Cause {
  readonly moved: Moved;
  readonly reason: string;
}

function filesMoved(before: Lock["sources"][string], now: Lock["sources"][string]): Cause[] {
  const paths = [...new Set([...Object.keys(now), ...Object.keys(before)])].sort();
  return paths.flatMap((path) => {
    const [then, today] = [own(before, path), own(now, path)];
    if (then?.sha256 === today?.sha256) return [];
    const how = then === undefined ? "is new" : today === undefined ? "is gone" : "changed";
    return [{ moved: "data" as const, reason: `\`${path}\` ${how}.` }];
  });
}

function headMoved(before: Lock, now: Lock, { head, usesTime }: Uses): Cause[] {
  const keys = head.filter((key) => before.head[key] !== now.head[key]);
  const causes = keys.map((key) => `The head's \`${key}\` was ${said(before.head[key] ?? null)}.`);
  if (usesTime && before.as_of.moment !== now.as_of.moment) causes.push(`\`as_of\` was ${before.as_of.moment}.`);
  return causes.map((reason) => ({ moved: "definition", reason }));
}

function engineMoved(before: Lock, now: Lock): Cause[] {
  const programs = [
    ["Engine", now.engine, before.engine],
    ["Segbook", now.segbook, before.segbook],
  ] as const;
  return programs
    .filter(([, today, then]) => today !== then)
    .map(([name, today, then]) => ({ moved: "engine", reason: `${name} ${today} was ${then}.` }));
}

/** An input is no result, but what the lock says of it must still have a place. */
function inputVerdicts(before: Lock, now: Lock): Verdict[] {
  const ids = [...new Set([...Object.keys(now.inputs), ...Object.keys(before.inputs)])];
  return ids.flatMap((cell) => {
    const isThen = Object.hasOwn(before.inputs, cell);
    const isNow = Object.hasOwn(now.inputs, cell);
    if (isThen && isNow && before.inputs[cell] === now.inputs[cell]) return [];
    const reason = !isThen
      ? "It is not in the lock."
      : isNow
        ? `Its value was ${said(before.inputs[cell] ?? null)}.`
        : "It is in the lock and no longer in the notebook.";
    const common = { cell, kind: "input", verdict: "different" as const, differences: [] };
    return [{ ...common, moved: ["definition" as const], reasons: [reason] }];
  });
}

function said(value: string | number | boolean | null): string {
  return value === null ? "not set" : JSON.stringify(value);
}
