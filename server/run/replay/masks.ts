import type { Engine, PlainValue } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { flat } from "../page.ts";
import type { ReplayPeople, ReplayPeopleRequest, ReplayWeek } from "./view.ts";

/** A table of who would have been in when: the key `k`, and `m` with a bit for each moment, the lowest for the first. */
export interface Masks {
  readonly table: string;
  readonly moments: number;
}

export function masksSql(members: string): string {
  return `SELECT k, bit_or(CAST(1 AS BIGINT) << CAST(i AS BIGINT)) AS m FROM ${quoted(members)} GROUP BY k`;
}

type Moves = Pick<ReplayWeek, "size" | "entered" | "left">;

/** For each week, which is from one moment to the next: who is in at its end, and who came and went. */
export async function movesOf({ table, moments }: Masks, engine: Engine, signal: AbortSignal): Promise<Moves[]> {
  const weeks = Array.from({ length: moments - 1 }, (_, week) => week);
  const counts = weeks.flatMap((week) =>
    (["in", "entered", "left"] as const).map((who) => `count(*) FILTER (WHERE ${whoSql(week, who)}) AS ${who}_${week}`),
  );
  const [row] = await engine.rows({ sql: `SELECT ${counts.join(", ")} FROM ${quoted(table)}`, signal });
  const count = (name: string) => Number(row?.[name] ?? 0);
  return weeks.map((week) => ({
    size: count(`in_${week}`),
    entered: count(`entered_${week}`),
    left: count(`left_${week}`),
  }));
}

/** A page of a week's people, by their keys. */
export async function peopleOf(
  { table }: Masks,
  { week, who, offset, limit }: Pick<ReplayPeopleRequest, "week" | "who" | "offset" | "limit">,
  { engine, signal }: { engine: Engine; signal: AbortSignal },
): Promise<ReplayPeople> {
  const from = `FROM ${quoted(table)} WHERE ${whoSql(week, who)}`;
  const sql = `SELECT k, (SELECT count(*) ${from}) AS n ${from} ORDER BY k LIMIT ${limit} OFFSET ${offset}`;
  const { rows } = await engine.table({ sql, signal });
  const known = rows[0]?.[1];
  const [counted] = known === undefined ? await engine.rows({ sql: `SELECT count(*) AS n ${from}`, signal }) : [];
  return { people: rows.map(([key]) => flat((key ?? null) as PlainValue)), total: Number(known ?? counted?.n ?? 0) };
}

/** Of the two bits of a week's beginning and end. */
function whoSql(week: number, who: ReplayPeopleRequest["who"]): string {
  if (who === "in") return `(m >> ${week + 1}) & 1 = 1`;
  return `(m >> ${week}) & 3 = ${who === "entered" ? 2 : 1}`;
}
