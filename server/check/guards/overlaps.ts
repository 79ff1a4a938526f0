import { printName } from "../../language/print-name.ts";
import { name as quoted } from "../../language/quote.ts";
import type { StudiedCell } from "../../run/studied.ts";
import { type Pair, pairsOf } from "../../segments/guards/overlap.ts";
import { type Finding, finding } from "../finding.ts";
import type { Check, Subject } from "../subject.ts";
import { measured, namedIn } from "./segmentation.ts";

/** Two segments that share so much of both are hardly two, and with more they are better one. */
const MUCH = 0.5;
const NEARLY_ONE = 0.8;

/** Segments that hold the same people, lie wholly within another, or share much with it; from results that are there. */
export const segmentOverlaps: Check = async (subject) => {
  const found = await Promise.all(subject.plan.cells.map((studied) => overlapsIn(studied, subject)));
  return found.flat();
};

async function overlapsIn(studied: StudiedCell, { plan, signal }: Subject): Promise<Finding[]> {
  const named = namedIn(studied);
  if (named === null || named.isExclusive) return [];
  const sizes = await measured(studied, plan, signal);
  if (sizes === null) return [];
  const peopleOf = new Map(sizes.names.map((name, index) => [name, sizes.people[index] ?? 0]));
  return pairsOf(sizes).flatMap((pair) => {
    const words = wordsFor(pair, peopleOf);
    if (words === null) return [];
    const { segment, about, ...said } = words;
    const place = studied.reading?.at([named.key, segment]) ?? null;
    return [finding(studied, place, { ...said, guard: { segment, about } })];
  });
}

function wordsFor({ one, other, shared, either, jaccard }: Pair, peopleOf: ReadonlyMap<string, number>) {
  const isWithin = [one, other].find((name) => peopleOf.get(name) === shared) ?? null;
  const merge = `Merge them: \`in segment ${asWritten(one)} or in segment ${asWritten(other)}\` holds ${either.toLocaleString("en")} people.`;
  // Of two that are the same, the second says so.
  if (jaccard === 1) {
    const message = `\`${other}\` and \`${one}\` hold the same people.`;
    return { code: "segments-same", segment: other, about: one, message, hint: "Keep one of them." };
  }
  if (isWithin !== null) {
    const outer = isWithin === one ? other : one;
    const message = `Everybody in \`${isWithin}\` is in \`${outer}\` too, where they are ${percent(jaccard)} of all.`;
    const hint =
      jaccard >= NEARLY_ONE
        ? merge
        : "Say `exclusive: true` where the first is to count alone, or leave it where that is meant.";
    return { code: "segment-within", segment: isWithin, about: outer, message, hint };
  }
  if (jaccard < MUCH) return null;
  const message = `\`${other}\` and \`${one}\` share ${shared.toLocaleString("en")} of the ${either.toLocaleString("en")} people in either (Jaccard ${jaccard.toFixed(2)}).`;
  const hint =
    jaccard >= NEARLY_ONE ? merge : "Narrow one of them, or say `exclusive: true` so that the first counts alone.";
  return { code: "segment-overlap", segment: other, about: one, message, hint };
}

/** A name as a rule takes it, so that the hint can be pasted; not in backticks, for they mark the rule itself. */
function asWritten(name: string): string {
  return printName(name) === name ? name : quoted(name);
}

function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 0) return "under 1 %";
  return rounded === 100 ? "over 99 %" : `${rounded} %`;
}
