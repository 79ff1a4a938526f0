import { type UnifiedLine, unifiedLines } from "../../notebook/diff/lines.ts";
import type { NotebookDiff, PartDiff, Piece } from "../../notebook/diff/model.ts";
import { diffSentence, isTold, partWords } from "../../notebook/diff/tell.ts";
import { type Colours, paint, plainText } from "./paint.ts";

const CONTEXT = 2;
const MARKS = { both: " ", before: "-", after: "+", mixed: "~" } as const;

/** What makes one notebook another, for people: the sentence, then part by part the lines that differ. */
export function* diffLines(
  diff: NotebookDiff,
  names: { before: string; after: string },
  colours: Colours,
): Iterable<string> {
  yield paint(`--- ${plainText(names.before)}`, "name", colours);
  yield paint(`+++ ${plainText(names.after)}`, "name", colours);
  yield diffSentence(diff);
  for (const part of diff.parts.filter(isTold)) {
    yield "";
    yield `${paint(partName(part), "name", colours)}: ${partWords(part).join(", ")}  ${paint(placeWords(part), "quiet", colours)}`;
    if (part.state === "same" || part.state === "spacing") continue;
    for (const line of folded(unifiedLines(part.pieces))) yield line === null ? "  …" : lineText(line, colours);
  }
}

function partName({ type, before, after }: PartDiff): string {
  const side = after ?? before;
  if (side?.cell) return `${side.cell.kind} ${side.cell.id}`;
  if (type === "head") return "settings";
  const below = side?.below ? ` below ${side.below}` : " at the top";
  return `${type === "listing" ? "listing" : "text"}${below}`;
}

function placeWords({ before, after }: PartDiff): string {
  const [was, is] = [before?.line, after?.line];
  if (was === undefined || is === undefined || was === is) return `line ${is ?? was ?? 1}`;
  return `line ${was} → ${is}`;
}

function lineText({ in: whose, pieces }: UnifiedLine, colours: Colours): string {
  return `${MARKS[whose]} ${pieces.map((piece) => pieceText(piece, whose, colours)).join("")}`.trimEnd();
}

/** Words as git marks them, `[-gone-]{+new+}`, where not the whole line is. */
function pieceText(piece: Piece, whose: UnifiedLine["in"], colours: Colours): string {
  const text = plainText(piece.text);
  if (piece.in === "both") return text;
  const marked = whose !== "mixed" ? text : piece.in === "before" ? `[-${text}-]` : `{+${text}+}`;
  return paint(marked, piece.in, colours);
}

/** Long stretches that are the same are left out: null stands for them. */
function folded(lines: readonly UnifiedLine[]): (UnifiedLine | null)[] {
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((line) => line.in !== "both");
  const shown: (UnifiedLine | null)[] = [];
  for (const [at, line] of lines.entries()) {
    if (isNear(at)) shown.push(line);
    else if (shown.at(-1) !== null) shown.push(null);
  }
  return shown;
}
