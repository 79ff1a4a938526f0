import { own } from "../../notebook/own.ts";
import type { Lock, LockedColumn, LockedRelation, MeasuredColumn } from "./model.ts";

/** One way in which a relation is not what it was. */
export interface Difference {
  readonly relation: string;
  /** Null where it is the relation as a whole. */
  readonly column: string | null;
  /** What is different, to follow the name in a sentence. */
  readonly what: string;
}

type Relations = Readonly<Record<string, LockedRelation>>;
type Tolerance = Lock["tolerance"];

/** Everything in which the relations of a cell are not those of the lock. */
export function differences(before: Relations, now: Relations, tolerance: Tolerance): Difference[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return names.flatMap((relation) => {
    const [then, today] = [own(before, relation), own(now, relation)];
    if (then === undefined) return [{ relation, column: null, what: "is new" }];
    if (today === undefined) return [{ relation, column: null, what: "is gone" }];
    return inRelation(then, today, tolerance).map((one) => ({ relation, ...one }));
  });
}

type Found = Omit<Difference, "relation">;

function inRelation(before: LockedRelation, now: LockedRelation, tolerance: Tolerance): Found[] {
  const found: Found[] = [];
  if (before.rows !== now.rows) found.push({ column: null, what: `has ${rows(now.rows)}, had ${before.rows}` });
  const isHashSame = before.hash === now.hash;
  for (const column of new Set([...Object.keys(now.columns), ...Object.keys(before.columns)])) {
    const what = inColumn(own(before.columns, column), own(now.columns, column), { tolerance, isHashSame });
    if (what !== null) found.push({ column, what });
  }
  if (!isHashSame && found.length === 0) found.push({ column: null, what: "pairs its columns' values differently" });
  return found;
}

interface Judging {
  readonly tolerance: Tolerance;
  /** Whether all else in the rows is the same, so that the mix was weighted alike. */
  readonly isHashSame: boolean;
}

function inColumn(before: LockedColumn | undefined, now: LockedColumn | undefined, judging: Judging): string | null {
  if (before === undefined) return "is new";
  if (now === undefined) return "is gone";
  if (before.type !== now.type) return `is ${now.type}, was ${before.type}`;
  if ("hash" in before && "hash" in now) return before.hash === now.hash ? null : "has other values";
  if ("hash" in before || "hash" in now) return "has other values";
  return inFigures(before, now, judging);
}

function inFigures(before: MeasuredColumn, now: MeasuredColumn, { tolerance, isHashSame }: Judging): string | null {
  if (before.values !== now.values) return `has ${now.values} finite values, had ${before.values}`;
  const share = before.type === "FLOAT" ? tolerance.FLOAT : tolerance.DOUBLE;
  const size = Math.max(before.size ?? 0, now.size ?? 0);
  const isFar = (then: number | null, today: number | null) => {
    if (then === null || today === null) return then !== today;
    return Math.abs(then - today) > share * Math.max(size, Math.abs(then), Math.abs(today));
  };
  const figures = [
    ["min", "its least value"],
    ["max", "its greatest value"],
    ["mean", "its mean"],
    ["size", "the mean of its magnitudes"],
  ] as const;
  for (const [figure, words] of figures) {
    if (isFar(before[figure], now[figure])) return `has ${now[figure]} as ${words}, had ${before[figure]}`;
  }
  return isHashSame && isFar(before.mix, now.mix) ? "has other values in some rows" : null;
}

function rows(count: number): string {
  return `${count} ${count === 1 ? "row" : "rows"}`;
}
