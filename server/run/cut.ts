import { Temporal } from "temporal-polyfill";
import type { SourceBody } from "../cells/source/schema.ts";
import { name as quoted } from "../language/quote.ts";
import { compareInstant } from "../language/sql-time.ts";
import type { Column } from "../language/vocabulary.ts";
import type { StudiedCell } from "./studied.ts";

/** The column that says when a source's rows came to be; null where none does. */
export function timeColumn({ cell, reading }: StudiedCell): string | null {
  return cell.kind === "source" && reading !== null ? (reading.body as SourceBody).at : null;
}

/** The condition on a source's rows that keeps those from before a moment, in milliseconds since 1970, and those without a time. */
export function beforeSql(column: Column, moment: number, zone: string): string {
  const at = { sql: quoted(column.name), type: column.type };
  const instant = Temporal.Instant.fromEpochMilliseconds(moment);
  return `(${at.sql} IS NULL OR ${compareInstant(at, "<", instant, zone)})`;
}
