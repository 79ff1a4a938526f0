import { clusterNames } from "../../server/figures/cluster-relations.ts";
import { bandsIn } from "../../server/figures/score-bands.ts";
import type { SegmentSize } from "../../server/figures/segmentation.ts";
import type { CellView } from "../../server/run/view.ts";
import type { SegmentRef } from "../../server/segments/profile/view.ts";
import type { NotebookOverview } from "../state/overview.ts";

/** Sizes by cell, as the overview of all notebooks has them. */
type Sizes = ReadonlyMap<string, readonly SegmentSize[]>;

/** The segments of cells: those that are written, and those that only a result has, as clusters without names. */
export function segmentsOf(
  cells: readonly CellView[],
  sizes: Sizes,
): (SegmentRef & { readonly words: string | null })[] {
  return cells.flatMap((cell) => {
    const names = new Set([...writtenIn(cell), ...(sizes.get(cell.id) ?? []).map(({ name }) => name)]);
    return [...names].map((name) => ({ cell: cell.id, name, words: cell.words[name] ?? null }));
  });
}

export function sizesIn(entries: readonly NotebookOverview[], path: string): Sizes {
  return entries.find(({ listing }) => listing.path === path)?.sizes ?? new Map();
}

function writtenIn({ kind, words, body }: CellView): string[] {
  if (kind === "segments") return Object.keys(words).filter((name) => name !== "exclude");
  if (kind === "score") return bandsIn(body).map(({ name }) => name);
  return kind === "cluster" ? Object.values(clusterNames(body)) : [];
}
