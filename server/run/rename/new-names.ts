import type { Cell } from "../../notebook/model.ts";
import type { RelationNames } from "../relation-names.ts";

/** What is called otherwise once a cell has another id; each answers with the new name, or null where it stays. */
export interface NewNames {
  /** `orders` and `orders_audit`. */
  relation(name: string): string | null;
  /** The cell itself, as in `personas.Lapsed`. */
  cell(name: string): string | null;
  /** `$least`. */
  input(name: string): string | null;
}

export function newNames(cell: Cell, to: string, names: RelationNames): NewNames {
  const isInput = cell.kind === "input";
  const relation = (name: string) => {
    const home = names.home(name);
    return home?.cell === cell ? `${to}${home.suffix}` : null;
  };
  return {
    relation,
    cell: (name) => (!isInput && name === cell.id ? to : null),
    // `$as_of` is the notebook's moment, whatever gives it.
    input: (name) => (isInput && name === cell.id && name !== "as_of" ? to : null),
  };
}
