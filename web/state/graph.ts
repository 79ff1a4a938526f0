import type { CellView } from "../../server/run/view.ts";

/** What of a cell the graph is made of. */
export type Reader = Pick<CellView, "id" | "reads"> & { readonly relations?: readonly { readonly name: string }[] };

/** The id of the cell that a name belongs to: a cell's own, or the one that yields the relation; the name itself where none does. */
export function homeOf(name: string, cells: readonly Reader[]): string {
  if (cells.some((cell) => cell.id === name)) return name;
  return cells.find((cell) => cell.relations?.some((relation) => relation.name === name))?.id ?? name;
}

/** Ids of the cells that read `id`, directly or through others, in the cells' order; `id` itself is not among them. */
export function dependentsOf(id: string, cells: readonly Reader[]): string[] {
  const found = new Set<string>([id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const cell of cells) {
      if (found.has(cell.id) || !cell.reads.some((read) => found.has(homeOf(read, cells)))) continue;
      found.add(cell.id);
      grew = true;
    }
  }
  found.delete(id);
  return cells.map((cell) => cell.id).filter((cell) => found.has(cell));
}

/** Ids of the cells that read `id` itself. */
export function readersOf(id: string, cells: readonly Reader[]): string[] {
  return cells.filter((cell) => cell.reads.some((read) => homeOf(read, cells) === id)).map((cell) => cell.id);
}
