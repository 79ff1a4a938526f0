import type { Problem } from "../../notebook/model.ts";
import type { Fault, Read } from "../kind.ts";

/** Something wrong with a file or a declaration, found deep below; the cell turns it into a problem at its place. */
export class SourceFault extends Error {
  constructor(
    readonly fault: Fault,
    /** Where in the body it belongs, where `fault` has no place of its own. */
    readonly path: readonly (string | number)[] = ["files"],
  ) {
    super(fault.message);
    this.name = "SourceFault";
  }
}

/** The problem of a cell that a fault is. */
export function faultProblem(
  { fault, path }: SourceFault,
  reading: Read<unknown>,
  context: { problem(fault: Fault): Problem },
): Problem {
  return context.problem({ place: reading.at(path), ...fault });
}
