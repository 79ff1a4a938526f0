import type { Reading } from "../../cells/kind.ts";
import { kindOf } from "../../cells/kinds.ts";
import type { InputValue } from "../../language/vocabulary.ts";
import type { Cell, Notebook } from "../../notebook/model.ts";
import { readInputs } from "../inputs.ts";
import { RelationNames } from "../relation-names.ts";

/** Which relation is whose in a notebook that is not planned: the moment's value does not matter for that. */
export function namesOf(notebook: Notebook): RelationNames {
  const { values } = readInputs(notebook, {});
  const moment: InputValue = { name: "as_of", type: "timestamp", value: "2000-01-01T00:00:00" };
  const inputs = [...values.filter(({ name }) => name !== "as_of"), moment];
  const readings = new Map<Cell, Reading<unknown>>();
  for (const cell of notebook.cells) {
    const reading = kindOf(cell.kind)?.read(cell, notebook.head, inputs);
    if (reading !== undefined) readings.set(cell, reading);
  }
  return new RelationNames(notebook.cells, readings);
}
