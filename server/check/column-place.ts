import type { SourceBody } from "../cells/source/schema.ts";
import type { StudiedCell } from "../run/studied.ts";
import { bodyOf } from "./body-of.ts";
import type { Place } from "./statements.ts";

/** Where a source speaks of a column; of one that it does not list, where its rows come from. */
export function columnPlace(studied: StudiedCell, column: string): Place | null {
  const body = bodyOf<SourceBody>(studied);
  const { reading } = studied;
  if (body === null || reading === null) return null;
  if (Object.hasOwn(body.columns, column)) return reading.at(["columns", column]);
  return reading.at([body.files === null ? "sql" : "files"]);
}
