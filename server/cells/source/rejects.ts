import type { LoadColumn } from "../../engine/engine.ts";
import type { DataFile } from "../kind.ts";
import type { Locator } from "./locate.ts";
import type { FileFault } from "./open.ts";

export interface Reject {
  readonly file: string | null;
  readonly line: number | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
}

export const REJECT_COLUMNS = [
  { name: "file", type: "VARCHAR" },
  { name: "line", type: "BIGINT" },
  { name: "row", type: "BIGINT" },
  { name: "column", type: "VARCHAR" },
  { name: "value", type: "VARCHAR" },
  { name: "reason", type: "VARCHAR" },
] as const;

/** More rejects than these are a wrong declaration, not bad rows. */
export const MOST_REJECTS = 1_000_000;

export function unreadableRejects(faults: readonly FileFault[]): Reject[] {
  return faults.map(({ file, fault }) => ({
    file: file.path,
    line: fault.line,
    row: null,
    column: null,
    value: fault.text,
    reason: fault.reason,
  }));
}

/** In the order of the files and lines. */
export function inOrder(rejects: readonly Reject[], files: readonly DataFile[]): Reject[] {
  const places = new Map(files.map(({ path }, index) => [path, index]));
  const placed = rejects.map((reject) => ({
    reject,
    file: places.get(reject.file ?? "") ?? -1,
    at: reject.line ?? reject.row ?? 0,
  }));
  return placed.sort((a, b) => a.file - b.file || a.at - b.at).map(({ reject }) => reject);
}

/** Rejects from rows of the engine: number, column, value, reason. */
export async function placedRejects(rows: readonly (readonly unknown[])[], locator: Locator): Promise<Reject[]> {
  const rejects: Reject[] = [];
  for (const [number, column, value, reason] of rows) {
    const place = await locator.place(Number(number));
    const shown = value === null ? null : String(value);
    rejects.push({ ...place, column: String(column), value: shown, reason: String(reason) });
  }
  return rejects;
}

export function rejectColumns(rejects: readonly Reject[]): LoadColumn[] {
  return REJECT_COLUMNS.map(({ name, type }) => ({ name, type, values: rejects.map((reject) => reject[name]) }));
}
