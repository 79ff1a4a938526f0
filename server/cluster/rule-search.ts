import { type Condition, roundBorder } from "./condition.ts";
import type { Pace } from "./pace.ts";

interface SearchColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** A rule under way. */
interface Candidate {
  readonly conditions: readonly Condition[];
  /** 1 for rows that meet every condition. */
  readonly covered: Uint8Array;
  readonly score: number;
}

/** A border that could be added, and the score of the rule with it. */
interface Border {
  readonly condition: Condition;
  readonly values: Float64Array;
  readonly score: number;
}

const OPERATORS = [">=", "<="] as const;
const CONDITIONS = 4;
const BEAM = 6;
/** What a condition must earn in F₁. */
const PRICE = 0.01;

/**
 * Beam search for the one to four borders that best tell rows with `target` 1 from the others. A border on a column and side
 * that is in use takes the older one's place. Ties: fewer conditions, the earlier column, `>=` first.
 */
export async function searchRule(
  columns: readonly SearchColumn[],
  target: ArrayLike<number>,
  pace: Pace,
): Promise<readonly Condition[]> {
  const orders = columns.map(({ values }) =>
    Int32Array.from(values, (_, row) => row)
      .filter((row) => !Number.isNaN(values[row]))
      .sort((a, b) => (values[a] as number) - (values[b] as number) || a - b),
  );
  let size = 0;
  for (let row = 0; row < target.length; row++) size += target[row] as number;
  let beam: Candidate[] = [{ conditions: [], covered: new Uint8Array(target.length).fill(1), score: -Infinity }];
  let best = beam[0] as Candidate;
  for (let step = 0; step < CONDITIONS; step++) {
    const grown: { readonly from: Candidate; readonly border: Border }[] = [];
    for (const from of beam) {
      for (const [position, column] of columns.entries()) {
        if (pace.due()) await pace.rest(step / CONDITIONS);
        const borders = bestBorders(column, orders[position] as Int32Array, { from, target, size });
        grown.push(...borders.map((border) => ({ from, border })));
      }
    }
    grown.sort((a, b) => b.border.score - a.border.score);
    const likely = grown.slice(0, BEAM * (step + 1));
    beam = distinctRules(likely.map(({ from, border }) => withBorder(from, border))).slice(0, BEAM);
    const leader = beam[0];
    if (!leader || leader.score <= best.score) break;
    best = leader;
  }
  return best.conditions;
}

/** The best `>=` and the best `<=` on one column for the rows that a rule covers. */
function bestBorders(
  column: SearchColumn,
  order: Int32Array,
  rule: { readonly from: Candidate; readonly target: ArrayLike<number>; readonly size: number },
): Border[] {
  const ascending = order.filter((row) => rule.from.covered[row] === 1);
  if (ascending.length === 0) return [];
  return OPERATORS.map((operator) => {
    const rows = operator === ">=" ? ascending.slice().reverse() : ascending;
    const { value, f1 } = bestCut(column.values, rows, operator, rule);
    const conditions = otherConditions(rule.from, column.name, operator).length + 1;
    return {
      condition: { column: column.name, operator, value },
      values: column.values,
      score: f1 - PRICE * conditions,
    };
  });
}

/** Where to stop taking rows in, in the order given, for the greatest F₁. */
function bestCut(
  values: Float64Array,
  rows: Int32Array,
  operator: Condition["operator"],
  { target, size }: { readonly target: ArrayLike<number>; readonly size: number },
): { value: number; f1: number } {
  const end = operator === ">=" ? -Infinity : Infinity;
  let best = { inside: Number.NaN, outside: end, f1: -1 };
  let hits = 0;
  for (let at = 0; at < rows.length; at++) {
    hits += target[rows[at] as number] as number;
    const inside = values[rows[at] as number] as number;
    const outside = at + 1 < rows.length ? (values[rows[at + 1] as number] as number) : end;
    if (outside === inside) continue;
    const f1 = (2 * hits) / (at + 1 + size);
    if (f1 > best.f1) best = { inside, outside, f1 };
  }
  return { value: roundBorder(operator, best.inside, best.outside), f1: best.f1 };
}

function otherConditions({ conditions }: Candidate, column: string, operator: Condition["operator"]): Condition[] {
  return conditions.filter((known) => known.column !== column || known.operator !== operator);
}

function withBorder(from: Candidate, { condition, values, score }: Border): Candidate {
  const { operator, value } = condition;
  const covered = from.covered.map((was, row) => {
    const here = values[row] as number;
    return was === 1 && (operator === ">=" ? here >= value : here <= value) ? 1 : 0;
  });
  return { conditions: [...otherConditions(from, condition.column, operator), condition], covered, score };
}

/** Leaves out rules that say the same as one before them: their conditions came in another order. */
function distinctRules(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ conditions }) => {
    const text = conditions
      .map(({ column, operator, value }) => JSON.stringify([column, operator, value]))
      .sort()
      .join();
    return !seen.has(text) && seen.add(text);
  });
}
