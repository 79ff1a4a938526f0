import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import { examplesOf, shortened } from "./complaints.ts";
import { FLAWS } from "./csv/scan.ts";
import type { Dataset } from "./dataset.ts";
import type { Finding } from "./finding.ts";
import { said } from "./locate.ts";
import type { FileFault } from "./open.ts";
import { ROW, rawRows } from "./raw.ts";
import type { NearMiss, TypeConflict } from "./resolve.ts";
import type { SourceBody } from "./schema.ts";
import { CANDIDATES } from "./sniff.ts";
import type { Around } from "./typed.ts";
import { looksOf } from "./types.ts";

/** One problem for each file and kind of fault, with the first rows that have it. */
export function unreadableProblems(
  faults: readonly FileFault[],
  reading: Read<SourceBody>,
  context: RunContext,
): Problem[] {
  const alike = new Map<string, FileFault[]>();
  for (const one of faults) {
    const key = `${one.file.path}\n${one.fault.hint}`;
    alike.set(key, [...(alike.get(key) ?? []).slice(0, 3), one]);
  }
  const counted = (first: FileFault) =>
    faults.filter(({ file, fault }) => file === first.file && fault.hint === first.fault.hint).length;
  return [...alike.values()].slice(0, 20).flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const { file, fault } = first;
    const count = counted(first);
    const next = others.slice(0, 2).map((other) => `line ${other.fault.line}`);
    const tail =
      count > 1 ? ` ${count.toLocaleString("en")} lines are so: also ${next.join(", ")}${count > 3 ? ", …" : ""}.` : "";
    const message = `\`${file.path}\`, line ${fault.line}: \`${shortened(fault.text)}\` ${fault.reason}.${tail}`;
    const code = fault.hint === FLAWS["not-utf8"].hint ? "file-encoding" : "bad-row";
    return [context.problem({ code, message, hint: fault.hint, place: reading.at(["files"]) })];
  });
}

/** Files of one source whose values of a column no type holds. */
export async function conflictProblem({ column, first, second }: TypeConflict, around: Around): Promise<Problem> {
  const { reading, context } = around;
  const [plain, odd] = second.type === "VARCHAR" ? [first, second] : [second, first];
  const found = await firstMisfit(column.raw, plain.type, odd.path, around);
  const example = found === null ? "" : ` ${found}`;
  return context.problem({
    code: "type-conflict",
    message: `\`${column.name}\` is ${first.type} in \`${first.path}\`, but ${second.type} in \`${second.path}\`.${example}`,
    hint: `Declare what it is, for example \`columns: {${column.name}: text}\`, or correct the file.`,
    place: reading.at(["files"]),
  });
}

/** A column that would be a number or a time but for a few values. */
export async function nearFinding({ column, type, rows }: NearMiss, around: Around): Promise<Finding> {
  const found = await firstMisfit(column.raw, type, null, around);
  const those = rows === 1 ? "one value that is" : `${rows.toLocaleString("en")} values that are`;
  return {
    check: "nearly_typed",
    column: column.name,
    severity: "warning",
    rows,
    example: found,
    message: `\`${column.name}\` is text because of ${those} not ${looksOf(type)}. ${found ?? ""}`.trim(),
    hint: `Declare \`columns: {${column.name}: ${type}}\` to be stopped by such values, or \`${column.name}: text\` to say that it is text.`,
  };
}

/** "`a.csv`, line 7: `n.a.`." for the first text that is not written as a value of a type. */
async function firstMisfit(raw: string, type: string, path: string | null, around: Around): Promise<string | null> {
  const { context, dataset, locator } = around;
  const candidate = CANDIDATES.find((one) => one.type === type);
  const parts = dataset.groups.flatMap((group, index) => {
    const at = group.columns.findIndex(({ name }) => name === raw);
    if (candidate === undefined || group.columns[at]?.type !== null) return [];
    if (path !== null && !group.files.some((file) => file.path === path)) return [];
    const value = `r${at}`;
    return [
      `SELECT ${ROW} AS row, ${value} AS value FROM ${rawRows(group, index)} WHERE NOT ${candidate.fits(value, group.mark)}`,
    ];
  });
  if (parts.length === 0) return null;
  const sql = parts.join(" UNION ALL ");
  const { engine, signal } = context;
  const [first] = await examplesOf(engine, locator, { sql, signal });
  return first === undefined ? null : `${said(first.place)}: \`${shortened(first.value ?? "")}\`.`;
}

/** Files that have columns but no row. */
export function emptyFindings(dataset: Dataset, counts: readonly (readonly number[])[]): Finding[] {
  return dataset.groups.flatMap((group, index) =>
    group.files.flatMap(({ path }, file) => {
      if ((counts[index]?.[file] ?? 0) > 0) return [];
      return [
        {
          check: "empty_file",
          column: null,
          severity: "warning" as const,
          rows: 0,
          example: path,
          message: `\`${path}\` has a head and no rows.`,
          hint: "Check the export, if rows were expected.",
        },
      ];
    }),
  );
}
