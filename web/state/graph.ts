import type { CellView } from "../../server/run/view.ts";

type Reader = Pick<CellView, "id" | "reads">;

/** Ids of the cells that read `id`, directly or through others, in the cells' order; `id` itself is not among them. */
export function dependentsOf(id: string, cells: readonly Reader[]): string[] {
  const found = new Set<string>([id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const cell of cells) {
      if (found.has(cell.id) || !cell.reads.some((read) => found.has(read))) continue;
      found.add(cell.id);
      grew = true;
    }
  }
  found.delete(id);
  return cells.map((cell) => cell.id).filter((cell) => found.has(cell));
}

/** Ids of the cells that read `id` itself. */
export function readersOf(id: string, cells: readonly Reader[]): string[] {
  return cells.filter((cell) => cell.reads.includes(id)).map((cell) => cell.id);
}
