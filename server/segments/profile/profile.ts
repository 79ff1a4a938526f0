import type { Engine } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { flag, flagsSql, KEY, type SegmentCell } from "./members.ts";
import { numberProfiles } from "./numbers.ts";
import { textProfiles } from "./texts.ts";
import type { ProfileView, SegmentRef } from "./view.ts";

export interface ProfileRequest {
  /** The relation with a row for each person. */
  readonly of: {
    readonly name: string;
    readonly file: string;
    readonly columns: readonly Column[];
    readonly entity: string;
  };
  readonly asked: readonly SegmentRef[];
  /** Every cell of the notebook that has segments and a result; those of the asked ones among them. */
  readonly cells: readonly SegmentCell[];
}

/** What the people of segments are like beside everybody, and which other segments they are in. */
export async function profile(engine: Engine, request: ProfileRequest, signal: AbortSignal): Promise<ProfileView> {
  const { of, asked, cells } = request;
  const flags = flagsSql(asked, cells);
  const names = asked.map((_, index) => `coalesce(m.${flag(index)}, FALSE) AS ${flag(index)}`);
  const table = `(SELECT o.*, ${names.join(", ")}\nFROM read_parquet(${literal(of.file)}) AS o\nLEFT JOIN (${flags}) AS m ON m.${KEY} = o.${quoted(of.entity)}::VARCHAR)`;
  const columns = of.columns.filter((column) => column.name !== of.entity);
  const people = { table, columns, asked: asked.length };
  const [counts] = await engine.rows({
    sql: `SELECT count(*) AS people, ${asked.map((_, index) => `count(*) FILTER (WHERE ${flag(index)}) AS n${index}`).join(", ")} FROM ${table}`,
    signal,
  });
  const profiles = [...(await numberProfiles(engine, people, signal)), ...(await textProfiles(engine, people, signal))];
  return {
    of: of.name,
    people: Number(counts?.people),
    segments: asked.map(({ cell, name }, index) => ({ cell, name, people: Number(counts?.[`n${index}`]) })),
    columns: profiles.sort((one, other) => other.effect - one.effect),
    overlaps: await overlaps(engine, request, signal),
  };
}

async function overlaps(
  engine: Engine,
  { asked, cells }: ProfileRequest,
  signal: AbortSignal,
): Promise<ProfileView["overlaps"]> {
  const everyone = cells.map(({ cell, file, column, entity }, position) => {
    return `SELECT ${position} AS position, ${literal(cell)} AS cell, ${quoted(column)}::VARCHAR AS name, ${quoted(entity)}::VARCHAR AS ${KEY} FROM read_parquet(${literal(file)}) WHERE ${quoted(column)} IS NOT NULL`;
  });
  const shared = asked.map((_, index) => `count(*) FILTER (WHERE m.${flag(index)}) AS n${index}`);
  const rows = await engine.rows({
    sql: `
      SELECT s.cell, s.name, count(*) AS people, ${shared.join(", ")}
      FROM (${everyone.join("\nUNION ALL\n")}) AS s
      LEFT JOIN (${flagsSql(asked, cells)}) AS m USING (${KEY})
      GROUP BY s.position, s.cell, s.name ORDER BY s.position, people DESC, s.name`,
    signal,
  });
  return rows.map((row) => ({
    ...{ cell: String(row.cell), name: String(row.name), people: Number(row.people) },
    shared: asked.map((_, index) => Number(row[`n${index}`])),
  }));
}
