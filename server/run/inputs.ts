import { type InputBody, inputValue } from "../cells/input.ts";
import type { Read } from "../cells/kind.ts";
import { kindOf } from "../cells/kinds.ts";
import type { InputValue } from "../language/vocabulary.ts";
import type { Cell, Notebook, Problem } from "../notebook/model.ts";
import { problemMaker } from "./studied.ts";
import type { InputView } from "./view.ts";

export type InputSet = Readonly<Record<string, string | number | boolean>>;

export interface Inputs {
  /** Those that are well. */
  readonly values: readonly InputValue[];
  readonly views: readonly InputView[];
  readonly problems: ReadonlyMap<Cell, Problem>;
}

/** The inputs of a notebook with the values that are set, else their defaults. */
export function readInputs(notebook: Notebook, set: InputSet): Inputs {
  const values = new Map<string, InputValue>();
  const views = new Map<string, InputView>();
  const problems = new Map<Cell, Problem>();
  for (const cell of notebook.cells) {
    if (cell.kind !== "input" || notebook.cells.find((one) => one.id === cell.id) !== cell) continue;
    const reading = kindOf("input")?.read(cell, notebook.head, []);
    if (!reading?.ok) continue;
    const read = reading.value as Read<InputBody>;
    const given = Object.hasOwn(set, cell.id) ? set[cell.id] : undefined;
    const result = inputValue(cell.id, read, given);
    if (result.ok) values.set(cell.id, result.value);
    else problems.set(cell, problemMaker(cell)({ ...result, place: read.at(["default"]) }));
    const { type, label, min, max, step, options, default: fallback } = read.body;
    const value = result.ok ? result.value.value : fallback;
    views.set(cell.id, { id: cell.id, type, label: label ?? cell.id, value, fallback, min, max, step, options });
  }
  return { values: [...values.values()], views: [...views.values()], problems };
}

/** Values that were set for what is no input. */
export function unknownInputs(set: InputSet, views: readonly InputView[]): Problem[] {
  const known = views.map((view) => `\`${view.id}\``).join(", ");
  const hint = known === "" ? "This notebook has no inputs." : `Its inputs are ${known}.`;
  return Object.keys(set)
    .filter((id) => !views.some((view) => view.id === id))
    .map((id) => {
      const message = `\`${id}\` was set, but is not an input of this notebook.`;
      return { code: "unknown-input", severity: "error", cell: null, line: null, column: null, message, hint };
    });
}
