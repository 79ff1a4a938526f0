import type { NotebookDiff, PartDiff } from "../../../../server/notebook/diff/model.ts";

/** One side's text, put together from the parts in its order and the pieces that are its own. */
export function spelled({ parts }: NotebookDiff, side: "before" | "after"): string {
  const own = parts.flatMap((part) => {
    const place = part[side];
    return place === null ? [] : [{ ...place, text: textOf(part, side) }];
  });
  return own
    .sort((a, b) => a.place - b.place)
    .map(({ text, gap }) => text + gap)
    .join("");
}

function textOf({ pieces }: PartDiff, side: "before" | "after"): string {
  return pieces
    .filter((piece) => piece.in === "both" || piece.in === side)
    .map(({ text }) => text)
    .join("");
}
