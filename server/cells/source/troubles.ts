import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import { shortened } from "./complaints.ts";
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
export async function conflictProblems(conflicts: readonly TypeConflict[], around: Around): Promise<Problem[]> {
  const { reading, context } = around;
  const sought = conflicts.map(({ column, first, second }) => {
    const [plain, odd] = second.type === "VARCHAR" ? [first, second] : [second, first];
    return { raw: column.raw, type: plain.type, path: odd.path };
  });
  const found = await firstMisfits(sought, around);
  return conflicts.map(({ column, first, second }, index) => {
    const example = found[index] == null ? "" : ` ${found[index]}`;
    return context.problem({
      code: "type-conflict",
      message: `\`${column.name}\` is ${first.type} in \`${first.path}\`, but ${second.type} in \`${second.path}\`.${example}`,
      hint: `Declare what it is, for example \`columns: {${column.name}: text}\`, or correct the file.`,
      place: reading.at(["files"]),
    });
  });
}

/** Columns that would be numbers or times but for a few values. */
export async function nearFindings(misses: readonly NearMiss[], around: Around): Promise<Finding[]> {
  const sought = misses.map(({ column, type }) => ({ raw: column.raw, type, path: null }));
  const found = await firstMisfits(sought, around);
  return misses.map(({ column, type, rows }, index) => {
    const example = found[index] ?? null;
    const those = rows === 1 ? "one value that is" : `${rows.toLocaleString("en")} values that are`;
    return {
      check: "nearly_typed",
      column: column.name,
      severity: "warning",
      rows,
      example,
      message: `\`${column.name}\` is text because of ${those} not ${looksOf(type)}. ${example ?? ""}`.trim(),
      hint: `Declare \`columns: {${column.name}: ${type}}\` to be stopped by such values, or \`${column.name}: text\` to say that it is text.`,
    };
  });
}

/** Values of a column, by the files' own name, that are not written as those of a type; in the scan of one file, or in all. */
interface Sought {
  readonly raw: string;
  readonly type: string;
  readonly path: string | null;
}

/** "`a.csv`, line 7: `n.a.`." of each for the first of them. Those of one type are found in one scan: there may be many. */
async function firstMisfits(sought: readonly Sought[], around: Around): Promise<(string | null)[]> {
  const scans = new Map<string, number[]>();
  for (const [index, { type, path }] of sought.entries()) {
    const scan = JSON.stringify([type, path]);
    scans.set(scan, [...(scans.get(scan) ?? []), index]);
  }
  const found = new Map<number, string>();
  for (const indices of scans.values()) {
    const sql = misfitsOf(indices, sought, around);
    if (sql === null) continue;
    const { rows } = await around.context.engine.table({ sql, signal: around.context.signal });
    for (const [index, row, value] of rows) {
      const place = await around.locator.place(Number(row));
      found.set(Number(index), `${said(place)}: \`${shortened(String(value))}\`.`);
    }
  }
  return sought.map((_, index) => found.get(index) ?? null);
}

/** SELECT of the first misfit of each of some columns that one type is asked of: its index, row and value; null without any. */
function misfitsOf(indices: readonly number[], sought: readonly Sought[], { dataset }: Around): string | null {
  const { type, path } = sought[indices[0] ?? 0] ?? { type: "", path: null };
  const candidate = CANDIDATES.find((one) => one.type === type);
  const parts = dataset.groups.flatMap((group, nth) => {
    if (candidate === undefined || (path !== null && !group.files.some((file) => file.path === path))) return [];
    const places = new Map(group.columns.flatMap((raw, at) => (raw.type === null ? [[raw.name, at] as const] : [])));
    const there = indices.filter((index) => places.has(sought[index]?.raw ?? ""));
    if (there.length === 0) return [];
    const values = there.map((index) => `r${places.get(sought[index]?.raw ?? "")}`);
    const all = `SELECT ${ROW} AS row, unnest([${there.join(", ")}]) AS sought, unnest([${values.join(", ")}]) AS value FROM ${rawRows(group, nth)}`;
    return [`SELECT * FROM (${all}) WHERE NOT ${candidate.fits("value", group.mark)}`];
  });
  if (parts.length === 0) return null;
  return `SELECT sought, min(row), arg_min(value, row) FROM (${parts.join(" UNION ALL ")}) GROUP BY sought`;
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
