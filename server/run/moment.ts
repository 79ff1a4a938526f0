import { resolveMoment } from "../language/moment.ts";
import type { Notebook, Problem } from "../notebook/model.ts";
import type { Inputs } from "./inputs.ts";

export interface MomentRequest {
  readonly notebook: Notebook;
  readonly inputs: Inputs;
  /** Given from outside, such as by `--as-of`; goes before the head's. */
  readonly given: string | null;
  /** What `now` means: milliseconds since 1970. */
  readonly now: number;
}

export interface Moment {
  /** The moment after which nothing counts: milliseconds since 1970. */
  readonly asOf: number;
  readonly problem: Problem | null;
  /** What is at fault, as a sentence names it; null where the moment is known. `asOf` is then not to be used. */
  readonly held: string | null;
  /** Whether it is the time of the run. */
  readonly isNow: boolean;
}

export function momentOf(request: MomentRequest): Moment {
  const { notebook, inputs, given, now } = request;
  const written = given ?? notebook.head.as_of;
  const id = written.startsWith("$") ? written.slice(1) : null;
  const text = id === null ? written : String(inputs.values.find((one) => one.name === id)?.value ?? "");
  if (text === "now") return { asOf: now, problem: null, held: null, isNow: true };
  const asOf = resolveMoment(text, notebook.head.timezone);
  if (asOf !== null) return { asOf, problem: null, held: null, isNow: false };
  const unwell = id !== null && notebook.cells.some((cell) => cell.kind === "input" && cell.id === id) && text === "";
  // The input itself is told to be at fault.
  if (unwell) return { asOf: now, problem: null, held: `\`${id}\``, isNow: false };
  const from = given === null ? "`as_of`" : "The `as_of` that was given";
  const message =
    id !== null && text === ""
      ? `${from} names the input \`${written}\`, which this notebook does not have.`
      : `${from} is \`${text}\`, which is neither a date, a time, an input as \`$id\`, nor \`now\`.`;
  const hint = "Write a date such as `2026-10-31`, a time, `$day` with an input cell of that id, or `now`.";
  const place = given === null ? { line: headLine(notebook), column: 1 } : { line: null, column: null };
  const problem: Problem = {
    code: given === null ? "as-of" : "as-of-given",
    severity: "error",
    cell: null,
    ...place,
    message,
    hint,
  };
  return { asOf: now, problem, held: "the notebook's `as_of`", isNow: false };
}

function headLine(notebook: Notebook): number {
  const line = notebook.text.split(/\r\n|\n|\r/).findIndex((text) => /^as_of\s*:/.test(text));
  return line < 0 ? 1 : line + 1;
}
