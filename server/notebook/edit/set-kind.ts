import { isProblem } from "../is-problem.ts";
import { CELL_KINDS } from "../model.ts";
import { didYouMean } from "../nearest.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** Makes a cell another kind, in its fence alone; its body stays as it is, whether it fits or not. */
export function setKind(text: string, id: string, kind: string): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  if (!CELL_KINDS.some((known) => known === kind)) {
    const hint = didYouMean(kind, CELL_KINDS, `The kinds are ${CELL_KINDS.join(", ")}.`);
    return refusal("unknown-kind", id, `\`${kind}\` is not a kind of cell.`, hint);
  }
  const opening = text.slice(cell.start, cell.bodyStart).trimEnd();
  const words = opening.slice(0, opening.length - id.length);
  const offset = cell.start + words.lastIndexOf(cell.kind);
  return text.slice(0, offset) + kind + text.slice(offset + cell.kind.length);
}
