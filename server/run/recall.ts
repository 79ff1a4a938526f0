import { createHash } from "node:crypto";
import type { CellKind, Read, Reading, Study } from "../cells/kind.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import type { Answered } from "./questions.ts";
import { isFaulty } from "./studied.ts";
import type { Remembered, StudyMemory } from "./study-memory.ts";
import type { StudyRequest } from "./study-request.ts";

/** What one plan takes from memory, and gives to it. */
export class Recall {
  private readonly memory: StudyMemory;
  private readonly keys = new Map<Cell, string>();
  private readonly around: string;

  constructor(private readonly request: Pick<StudyRequest, "memory" | "notebook" | "inputs">) {
    this.memory = request.memory;
    const { title: _, ...head } = request.notebook.head;
    // Values of inputs are asked for by those that use them.
    this.around = JSON.stringify([head, request.inputs.map(({ name, type }) => [name, type])]);
  }

  /** The cell's body, read anew only where it, or a value that stands in it, is another. */
  reading(kind: CellKind<unknown>, cell: Cell): Reading<unknown> {
    const read = () => kind.read(cell, this.request.notebook.head, this.request.inputs);
    const known = this.of(cell);
    return known === null ? read() : { ok: true, value: recalled(known, read) };
  }

  of(cell: Cell): Remembered | null {
    const known = this.memory.find(this.key(cell));
    if (known === null) return null;
    const values = new Map(this.request.inputs.map(({ name, value }) => [name, value]));
    return Object.entries(known.values).every(([name, value]) => values.get(name) === value) ? known : null;
  }

  /** Whether the study of a cell need not be made again before the cell is run. */
  isOwn(cell: Cell): boolean {
    return this.memory.isOwn(this.key(cell));
  }

  keep(cell: Cell, read: Read<unknown>, found: { study: Study; answered: readonly Answered[] | null }): void {
    const { study, answered } = found;
    if (answered === null || isFaulty(study.problems)) return;
    const { body, canonical } = read;
    const of = (id: string) => this.request.inputs.find((input) => input.name === id)?.value ?? null;
    const values = Object.fromEntries(read.inputs.map((id) => [id, of(id)]));
    const problems = moved(study.problems, -cell.line);
    this.memory.keep(this.key(cell), { body, canonical, values, study: { ...study, problems }, answered });
  }

  forget(cell: Cell): void {
    this.memory.forget(this.key(cell));
  }

  private key(cell: Cell): string {
    const known = this.keys.get(cell);
    if (known !== undefined) return known;
    const text = JSON.stringify([cell.kind, cell.id, cell.body, this.around]);
    const key = createHash("sha1").update(text).digest("base64");
    this.keys.set(cell, key);
    return key;
  }
}

/** The study as it is for the cell at its place in the file today. */
export function studyAt(cell: Cell, { study }: Remembered): Study {
  return { ...study, problems: moved(study.problems, cell.line) };
}

/** A body that was read before; places in it are found by reading it again, which few need. */
function recalled({ body, canonical, values }: Remembered, read: () => Reading<unknown>): Read<unknown> {
  let again: Read<unknown> | null = null;
  const places = (): Read<unknown> => {
    if (again !== null) return again;
    const reading = read();
    if (!reading.ok) throw new Error("a body that could be read can't be read any more");
    again = reading.value;
    return again;
  };
  return {
    ...{ body, canonical, inputs: Object.keys(values) },
    at: (path) => places().at(path),
    within: (path, offset) => places().within(path, offset),
  };
}

function moved(problems: readonly Problem[], by: number): Problem[] {
  return problems.map((problem) => ({ ...problem, line: problem.line === null ? null : problem.line + by }));
}
