import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import type { Counted } from "./audit.ts";
import type { SourceBody } from "./schema.ts";

/** What a run that went well should still be looked at for, as warnings of the cell. */
export function runFindings(
  counted: Counted,
  { reading, context }: { reading: Read<SourceBody>; context: RunContext },
): Problem[] {
  const { body, measures, columns, copies, setAside, written, read } = counted;
  const id = context.cell.id;
  const problems: Problem[] = counted.findings
    .filter(({ severity }) => severity === "warning")
    .map(({ check, message, hint }) =>
      context.problem({
        code: check.replaceAll("_", "-"),
        severity: "warning",
        message,
        hint,
        place: reading.at(["files"]),
      }),
    );
  const warn = (code: string, message: string, hint: string, path: string[]) =>
    problems.push(context.problem({ code, severity: "warning", message, hint, place: reading.at(path) }));
  if (setAside > 0) {
    const message = `${number(setAside)} of ${rows(read)} set aside.`;
    warn("set-aside", message, `\`${id}_rejects\` has each with its file, line, value and reason.`, ["on_error"]);
  }
  if (copies > 0 && body.dedupe.length === 0) {
    const message = `${copies === 1 ? "One row is an exact copy" : `${number(copies)} rows are exact copies`} of an earlier row.`;
    warn("exact-duplicates", message, "If that can't be, name what identifies a row with `dedupe`.", ["files"]);
  }
  if (measures.keyless > 0) {
    const message = `In ${rows(measures.keyless)} every column of \`dedupe\` is missing, so none was taken for another.`;
    warn("dedupe-keys-missing", message, "Leave them out with `where`, or set `required` for these columns.", [
      "dedupe",
    ]);
  }
  if (measures.stale) {
    const newest = measures.columns[columns.findIndex(({ name }) => name === body.at)]?.max ?? "";
    const message = `The newest \`${body.at}\` is ${newest}, older than ${body.fresh_within} before the notebook's moment.`;
    warn("not-fresh", message, "Check that the export still runs.", ["fresh_within"]);
  }
  if (measures.testKeys > 0) {
    const message = `In ${rows(measures.testKeys)} \`${context.head.entity}\` stands for nobody, such as \`test\`, \`unknown\` or an empty text.`;
    warn("test-keys", message, "Leave them out with `where`, or exclude them in the notebook's head.", ["files"]);
  }
  if (written === 0 && read > 0) {
    const message = `No row is left of ${number(read)}.`;
    warn("no-rows", message, `\`${id}_audit\` tells what took them out.`, [body.where === null ? "files" : "where"]);
  }
  return problems;
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${number(count)} rows`;
}

function number(count: number): string {
  return count.toLocaleString("en");
}
