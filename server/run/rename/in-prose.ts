import { type Replacement, withReplacements } from "../../notebook/edit/replacements.ts";
import type { Notebook } from "../../notebook/model.ts";
import type { NewNames } from "./new-names.ts";

/** The notebook with names changed that its prose gives as code, `` `orders` ``, or links to, `(#orders)`; null where it has none. */
export function renameInProse(notebook: Notebook, names: NewNames): { text: string; places: number } | null {
  const replacements = notebook.blocks.flatMap((block): Replacement[] => {
    if (block.type !== "prose") return [];
    return [...block.text.matchAll(/(`\$?|\]\(#)([a-z][a-z0-9_]*)(?=[.`)])/g)].flatMap((found) => {
      const [whole, opening = "", name = ""] = found;
      const other =
        opening === "`$" ? names.input(name) : (names.relation(name) ?? names.cell(name) ?? names.input(name));
      const from = block.start + found.index + opening.length;
      return other === null ? [] : [{ from, to: block.start + found.index + whole.length, text: other }];
    });
  });
  if (replacements.length === 0) return null;
  return { text: withReplacements(notebook.text, replacements), places: replacements.length };
}
