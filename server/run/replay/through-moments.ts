import type { PastMembers } from "../../cells/kind.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { StudiedCell } from "../studied.ts";
import { Scratch } from "./scratch.ts";
import { type Around, type Then, walk } from "./walk.ts";

/** Shows a cell's relation as of moment after moment, with tables that are gone in the end; tells why where it can't be told. */
export async function throughMoments(
  around: Around,
  { studied, moments }: { readonly studied: StudiedCell; readonly moments: readonly number[] },
  look: (then: Then, scratch: Scratch) => Promise<void>,
): Promise<PastMembers> {
  const { plan, signal } = around;
  const scratch = new Scratch(plan.studies.request.engine, signal);
  const clocks = moments.map((asOf) => ({ ...plan.clock, asOf }));
  try {
    const walked = await walk(around, { goal: { studied, segment: null }, clocks, scratch }, (then) =>
      look(then, scratch),
    );
    return isProblem(walked) ? { why: walked.message } : { notes: walked.notes };
  } finally {
    await scratch.drop();
  }
}
