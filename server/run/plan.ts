import { type InputBody, inputValue } from "../cells/input.ts";
import type { Read } from "../cells/kind.ts";
import { kindOf } from "../cells/kinds.ts";
import type { Engine } from "../engine/engine.ts";
import type { Clock, InputValue } from "../language/vocabulary.ts";
import type { Head, Notebook, Problem } from "../notebook/model.ts";
import type { ResultCache } from "./cache.ts";
import type { DataFiles } from "./files.ts";
import { momentOf } from "./moment.ts";
import { problemMaker, type StudiedCell, Studies } from "./study.ts";
import type { InputView } from "./view.ts";
import { wallTime } from "./wall-time.ts";

export interface PlanOptions {
  readonly notebook: Notebook;
  readonly engine: Engine;
  readonly cache: ResultCache;
  readonly files: DataFiles;
  readonly set: Readonly<Record<string, string | number | boolean>>;
  readonly asOf: string | null;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** What a notebook means today: its inputs, its moment, and each cell with what it reads and the key of its result. */
export interface Plan {
  readonly notebook: Notebook;
  readonly studies: Studies;
  readonly cells: readonly StudiedCell[];
  readonly inputs: readonly InputView[];
  readonly clock: Clock;
  readonly problems: readonly Problem[];
}

export async function planNotebook(options: PlanOptions): Promise<Plan> {
  const { notebook } = options;
  const { values, views, problems: inputProblems } = readInputs(notebook, options.set);
  const moment = momentOf({ head: notebook.head, inputs: values, given: options.asOf, now: options.now });
  const clock: Clock = { asOf: moment.asOf, zone: notebook.head.timezone, weekStarts: notebook.head.week_starts };
  const asOf: InputValue = { name: "as_of", type: "timestamp", value: wallTime(moment.asOf, clock.zone) };
  const studies = new Studies({
    notebook,
    inputs: [...values.filter((value) => value.name !== "as_of"), asOf],
    inputProblems,
    clock,
    engine: options.engine,
    cache: options.cache,
    files: options.files,
    signal: options.signal,
  });
  const cells = await studies.all();
  const unknown = Object.keys(options.set).filter((id) => !views.some((view) => view.id === id));
  const problems = [
    ...notebook.problems,
    ...(moment.problem === null ? [] : [{ ...moment.problem, ...headPlace(notebook) }]),
    ...unknown.map((id) => unknownInput(id, views)),
  ];
  return { notebook, studies, cells, inputs: views, clock, problems };
}

function readInputs(notebook: Notebook, set: PlanOptions["set"]) {
  const values: InputValue[] = [];
  const views: InputView[] = [];
  const problems: Problem[] = [];
  for (const cell of notebook.cells.filter((one) => one.kind === "input")) {
    const reading = kindOf("input")?.read(cell, notebook.head);
    if (!reading?.ok) continue;
    const read = reading.value as Read<InputBody>;
    const result = inputValue(cell.id, read, set[cell.id]);
    if (result.ok) values.push(result.value);
    else problems.push(problemMaker(cell)({ ...result, place: read.at(["default"]) }));
    const { type, label, min, max, step, options } = read.body;
    const value = result.ok ? result.value.value : read.body.default;
    views.push({
      id: cell.id,
      type,
      label: label ?? cell.id,
      value,
      fallback: read.body.default,
      min,
      max,
      step,
      options,
    });
  }
  return { values, views, problems };
}

function headPlace(notebook: Notebook): { line: number; column: number } {
  const line = notebook.text.split(/\r\n|\n|\r/).findIndex((text) => /^as_of\s*:/.test(text));
  return { line: line < 0 ? 1 : line + 1, column: 1 };
}

function unknownInput(id: string, views: readonly InputView[]): Problem {
  const known = views.map((view) => `\`${view.id}\``).join(", ");
  return {
    code: "unknown-input",
    severity: "error",
    cell: null,
    line: null,
    column: null,
    message: `\`${id}\` was set, but is not an input of this notebook.`,
    hint: known === "" ? "This notebook has no inputs." : `Its inputs are ${known}.`,
  };
}

/** True where the head's moment is the time of the run. */
export function usesNow(head: Head, inputs: readonly InputView[]): boolean {
  const written = head.as_of.startsWith("$") ? inputs.find((view) => `$${view.id}` === head.as_of)?.value : head.as_of;
  return written === "now";
}
