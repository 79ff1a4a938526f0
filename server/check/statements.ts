import type { FeaturesBody } from "../cells/features.ts";
import { bodyPlace } from "../cells/place.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import type { Plan } from "../run/plan.ts";
import type { StudiedCell } from "../run/studied.ts";
import { type Parsed, parseSql } from "./sql/parse.ts";

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One piece of SQL in a notebook. */
export interface Statement {
  readonly studied: StudiedCell;
  /** A whole SELECT, or an expression: a condition of a source, a `{sql: …}` of a feature. */
  readonly form: "query" | "expression";
  /** The feature that it is; null elsewhere. */
  readonly name: string | null;
  readonly text: string;
  readonly parsed: Parsed;
  /** Place in the file of an offset into `text`. */
  place(offset: number): Place;
  /** Where the node begins in `text`; its beginning where the engine does not say. */
  at(node: Parameters<Parsed["at"]>[0]): number;
}

interface Written {
  readonly studied: StudiedCell;
  readonly form: Statement["form"];
  readonly name: string | null;
  readonly text: string;
  readonly place: (offset: number) => Place;
}

/** Expressions are parsed as the one column of a SELECT. */
const OPENING = "SELECT (\n";
const CLOSING = "\n)";

/** All SQL of a notebook that can be parsed. What can't is told by the plan. */
export async function statementsOf(plan: Plan, signal: AbortSignal): Promise<Statement[]> {
  const { engine } = plan.studies.request;
  const statements = await Promise.all(
    plan.cells.flatMap(writtenIn).map(async (written): Promise<Statement[]> => {
      const isQuery = written.form === "query";
      const sql = isQuery ? written.text : `${OPENING}${written.text}${CLOSING}`;
      const parsed = await parseSql(engine, sql, signal);
      if (parsed === null) return [];
      const shift = isQuery ? 0 : OPENING.length;
      return [{ ...written, parsed, at: (node) => Math.max(0, (parsed.at(node) ?? 0) - shift) }];
    }),
  );
  return statements.flat();
}

function writtenIn(studied: StudiedCell): Written[] {
  const { cell, reading } = studied;
  if (reading === null) return [];
  if (cell.kind === "sql") {
    const place = (offset: number) => bodyPlace(cell, offset);
    return [{ studied, form: "query", name: null, text: cell.body.trimEnd(), place }];
  }
  if (cell.kind === "source") {
    const { sql, where } = reading.body as SourceBody;
    const at = (key: string) => (offset: number) => reading.within([key], offset);
    return [
      ...(sql === null ? [] : [{ studied, form: "query", name: null, text: sql, place: at("sql") } as const]),
      ...(where === null
        ? []
        : [{ studied, form: "expression", name: null, text: where, place: at("where") } as const]),
    ];
  }
  if (cell.kind !== "features") return [];
  return Object.entries((reading.body as FeaturesBody).columns).flatMap(([name, column]) => {
    if (typeof column === "string") return [];
    const place = (offset: number) => reading.within(["columns", name, "sql"], offset);
    return [{ studied, form: "expression", name, text: column.sql, place }];
  });
}
