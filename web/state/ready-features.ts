import { field } from "../../server/figures/segmentation.ts";
import type { Chosen } from "../../server/language/ready/choose.ts";
import { parseBody } from "../../server/notebook/body.ts";
import { insertCell } from "../../server/notebook/edit/insert-cell.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Edited } from "../../server/notebook/edit/target.ts";
import type { Notebook } from "../../server/notebook/model.ts";
import { rulePlaces } from "../../server/notebook/rule-places.ts";

/** Ready features for a cell: what was chosen, and `template: rfm` with its event and amount where that was too. */
export interface ReadyAddition {
  readonly cell: string;
  readonly chosen: Pick<Chosen, "sources" | "columns">;
  readonly rfm: { readonly event: string; readonly amount: string } | null;
}

/** The notebook's text with features written into a cell, and before it the sources that they need; the same text where nothing was chosen. */
export function withReadyFeatures(notebook: Notebook, { cell, chosen, rfm }: ReadyAddition): Edited {
  let text: Edited = notebook.text;
  const set = (path: string[], value: string) => {
    if (typeof text === "string") text = setScalar(text, cell, path, value);
  };
  if (rfm !== null) {
    set(["template"], "rfm");
    set(["event"], rfm.event);
    set(["amount"], rfm.amount);
  }
  for (const { name, expression } of chosen.columns) set(["columns", name], expression);
  let after = before(notebook, cell);
  for (const { id, body } of chosen.sources) {
    if (typeof text !== "string") return text;
    text = insertCell(text, { kind: "source", id, body, after });
    after = id;
  }
  return text;
}

/** What a features cell says already, by its text as it is now. */
export function writtenIn({ cells }: Notebook, id: string): { columns: string[]; hasTemplate: boolean } {
  const cell = cells.find((one) => one.id === id);
  const body = cell === undefined ? null : parseBody(cell, { rules: rulePlaces(cell.kind) }).value;
  const columns = field(body, "columns");
  return {
    columns: typeof columns === "object" && columns !== null ? Object.keys(columns) : [],
    hasTemplate: typeof field(body, "template") === "string",
  };
}

/** The id of the cell before; null where there is none. */
function before({ cells }: Notebook, id: string): string | null {
  return cells[cells.findIndex((cell) => cell.id === id) - 1]?.id ?? null;
}
