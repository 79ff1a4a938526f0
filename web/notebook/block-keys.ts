import type { Block } from "../../server/notebook/model.ts";

/** Cells are known by their ids and prose by the cell before it, so that an edit leaves every other element in place. */
export function keyOf(blocks: readonly Block[], place: number): string {
  const block = blocks[place];
  const twins = blocks
    .slice(0, place)
    .filter((before) => before.type === "cell" && block?.type === "cell" && before.cell.id === block.cell.id);
  if (block?.type === "cell") return `cell ${block.cell.id} ${twins.length}`;
  const since = blocks
    .slice(0, place)
    .reverse()
    .findIndex((before) => before.type === "cell");
  return `text ${cellBefore(blocks, place) ?? ""} ${since}`;
}

/** The cell nearest before a place; null where there is none. */
export function cellBefore(blocks: readonly Block[], place: number): string | null {
  for (let before = place - 1; before >= 0; before--) {
    const block = blocks[before];
    if (block?.type === "cell") return block.cell.id;
  }
  return null;
}

/** Place of the block behind a cell; with null the one before the first cell. */
export function behind(blocks: readonly Block[], id: string | null): number {
  if (id === null) return blocks.findIndex(({ type }) => type === "cell") - 1;
  return blocks.findIndex((block) => block.type === "cell" && block.cell.id === id) + 1;
}
