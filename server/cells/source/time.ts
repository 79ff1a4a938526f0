import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Fault, Read } from "../kind.ts";
import type { SourceBody } from "./schema.ts";
import { isMoment } from "./types.ts";

/** `at` must be a date or a time. */
export function timeProblems(
  columns: readonly Column[],
  reading: Read<SourceBody>,
  context: { problem(fault: Fault): Problem },
): Problem[] {
  const at = columns.find(({ name }) => name === reading.body.at);
  if (at === undefined || isMoment(at.type)) return [];
  return [
    context.problem({
      code: "not-a-time",
      message: `\`at\` needs a date or a time, but \`${at.name}\` is ${at.type}.`,
      hint: `Declare its type, for example \`columns: {${at.name}: TIMESTAMP}\`; other ways to write times are read with \`strptime\` in a sql cell.`,
      place: reading.at(["at"]),
    }),
  ];
}
