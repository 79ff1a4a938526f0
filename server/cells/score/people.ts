import { newestName } from "../../language/compile-rules.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { EXCLUDED } from "../rules.ts";
import { bandsOf, halfLives, type ScoreBody } from "./schema.ts";

/** The column with what the rule at an index gives; also the rule's name. */
export function pointsName(index: number): string {
  return `points_${index + 1}`;
}

/** The column that says whether the rule at an index holds. */
export function holdsName(index: number): string {
  return `holds ${index + 1}`;
}

/** Points that fade are rounded to so many places where the rules' own numbers have no more. */
const FADED_PLACES = 2;

/** The places behind the point that points are kept with; null where doubles have to do. */
export function placesOf(body: ScoreBody): number | null {
  const fades = halfLives(body).some((minutes) => minutes !== null);
  const places = Math.max(fades ? FADED_PLACES : 0, ...body.points.map(({ add }) => decimals(add)));
  return places > 9 ? null : places;
}

/** Points with a fraction are decimals, so that their sum is exact. */
export function numberType(body: ScoreBody): string {
  const places = placesOf(body);
  return places === null ? "DOUBLE" : places === 0 ? "BIGINT" : `DECIMAL(18,${places})`;
}

function decimals(value: number): number {
  const text = String(value);
  return text.includes("e") ? Number.POSITIVE_INFINITY : (text.split(".")[1]?.length ?? 0);
}

/**
 * A row for each person: the key, `score`, `band`, what each rule gives and whether it holds, and `excluded`. Whoever the
 * head excludes keeps a score and has no band. Points that fade are add × 0.5^(age / half-life), the age being the
 * elapsed time from the newest event that made the rule true to `as_of`; each rule's are rounded by themselves.
 */
export function peopleSql(
  body: ScoreBody,
  compiled: string,
  around: { entity: string; isExcluding: boolean; asOf: number },
): string {
  const type = numberType(body);
  const key = quoted(around.entity);
  const lives = halfLives(body);
  const rules = body.points.map(({ add }, index) => {
    const rule = quoted(pointsName(index));
    const given = fadedSql(add, {
      newest: quoted(newestName(pointsName(index))),
      minutes: lives[index] ?? null,
      ...around,
    });
    return `CASE WHEN ${rule} THEN CAST(${given} AS ${type}) ELSE 0::${type} END AS ${quoted(givenName(index))}, ${rule} AS ${quoted(holdsName(index))}`;
  });
  const points = body.points.map((_, index) => `${quoted(givenName(index))} AS ${quoted(pointsName(index))}`);
  const sum = body.points.map((_, index) => quoted(givenName(index))).join(" + ");
  const excluded = around.isExcluding ? quoted(EXCLUDED) : "FALSE";
  const band = `CASE WHEN excluded THEN NULL ELSE ${bandSql(body, "score")} END`;
  const holds = body.points.map((_, index) => quoted(holdsName(index)));
  return `
    SELECT ${key}, score, ${band} AS band, ${points.join(", ")}, ${holds.join(", ")}, excluded
    FROM (
      SELECT *, CAST(${sum} AS ${type}) AS score
      FROM (
        SELECT ${key}, ${rules.join(",\n")}, ${excluded} AS excluded
        FROM (\n${compiled}\n) WHERE ${key} IS NOT NULL
      )
    )`;
}

/** The band of a score; NULL below the lowest. */
export function bandSql(body: ScoreBody, score: string): string {
  const cases = bandsOf(body).map(
    ({ name, operator, border }) => `WHEN ${score} ${operator} ${border} THEN ${literal(name)}`,
  );
  return cases.length === 0 ? "NULL::VARCHAR" : `CASE ${cases.join(" ")} END`;
}

/** Columns of the inner query, kept apart from the rules' own names. */
function givenName(index: number): string {
  return `given ${index + 1}`;
}

function fadedSql(add: number, fading: { newest: string; minutes: number | null; asOf: number }): string {
  if (fading.minutes === null) return String(add);
  const half = BigInt(fading.minutes) * 60_000_000n;
  const age = `CAST(${BigInt(fading.asOf) * 1000n} - ${fading.newest} AS DOUBLE)`;
  // Where no event made the rule true, nothing grows old.
  return `CAST(${add} AS DOUBLE) * coalesce(pow(CAST(0.5 AS DOUBLE), ${age} / CAST(${half} AS DOUBLE)), 1)`;
}
