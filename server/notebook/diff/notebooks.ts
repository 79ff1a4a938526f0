import type { Notebook } from "../model.ts";
import { Effort, MOST_PAIRS } from "./effort.ts";
import type { NotebookDiff, PartDiff, Side } from "./model.ts";
import { pairCells } from "./pair-cells.ts";
import { pairTexts } from "./pair-texts.ts";
import { type Part, partsOf } from "./parts.ts";
import { piecesOf } from "./pieces.ts";
import { stateOf } from "./state.ts";
import { type Pair, staying } from "./stay.ts";

/** What makes one notebook another: part by part, and word by word inside. As few cells as can be count as moved. */
export function diffNotebooks(before: Notebook, after: Notebook): NotebookDiff {
  const [a, b] = [partsOf(before), partsOf(after)];
  const effort = new Effort(MOST_PAIRS);
  const cells = [...pairCells(a, b, effort)].map(([x, y]) => ({ before: x, after: y, weight: cellWeight(a[x]) }));
  const anchors = [...headPair(a, b), ...staying(cells)];
  const texts = pairTexts(a, b, { anchors, effort });
  const chain = [...anchors, ...texts.staying.map(([x, y]) => ({ before: x, after: y }))];
  const pairs = [...chain, ...cells, ...texts.moved.map(([x, y]) => ({ before: x, after: y }))];
  const twins = new Map(pairs.map((pair) => [pair.after, pair.before]));
  const kept = new Set(pairs.map((pair) => pair.before));
  const sides = { before: sidesOf(a), after: sidesOf(b) };
  const parts: PartDiff[] = [];
  let [i, j] = [0, 0];
  for (const step of [...chain.sort((x, y) => x.before - y.before), { before: a.length, after: b.length }]) {
    for (; i < step.before; i++) if (!kept.has(i)) parts.push(alone(a[i], sides.before[i], "removed"));
    for (; j < step.after; j++) {
      const from = twins.get(j);
      if (from === undefined) parts.push(alone(b[j], sides.after[j], "added"));
      else parts.push({ ...both([a[from], b[j]], [sides.before[from], sides.after[j]], effort), moved: true });
    }
    // A step is a pair, but for the last, which is the end of both.
    if (step.before < a.length) parts.push(both([a[i], b[j]], [sides.before[i], sides.after[j]], effort));
    [i, j] = [step.before + 1, step.after + 1];
  }
  return { parts, differs: before.text !== after.text };
}

function headPair(before: readonly Part[], after: readonly Part[]): Pair[] {
  const both = before[0]?.type === "head" && after[0]?.type === "head";
  return both ? [{ before: 0, after: 0, weight: 1 }] : [];
}

/** One cell outweighs any length; among equal numbers of cells the longer ones stay. */
function cellWeight(part: Part | undefined): number {
  const length = part?.text.length ?? 0;
  return 1 + length / (length + 1e9);
}

function sidesOf(parts: readonly Part[]): Side[] {
  let below: string | null = null;
  return parts.map(({ cell, line, gap }, place) => {
    const side = { place, line, gap, below, cell: cell === null ? null : { kind: cell.kind, id: cell.id } };
    below = cell?.id ?? below;
    return side;
  });
}

function alone(part: Part | undefined, side: Side | undefined, state: "added" | "removed"): PartDiff {
  if (part === undefined || side === undefined) throw new RangeError("a part is beyond its notebook");
  const isAdded = state === "added";
  const pieces = part.text === "" ? [] : ([{ in: isAdded ? "after" : "before", text: part.text }] as const);
  return { type: part.type, state, moved: false, before: isAdded ? null : side, after: isAdded ? side : null, pieces };
}

type Two<T> = readonly [T | undefined, T | undefined];

function both([before, after]: Two<Part>, [from, to]: Two<Side>, effort: Effort): PartDiff {
  if (!before || !after || !from || !to) throw new RangeError("a part is beyond its notebook");
  const state = stateOf(before, after);
  const pieces = piecesOf(before.text, after.text, effort);
  return { type: after.type, state, moved: false, before: from, after: to, pieces };
}
