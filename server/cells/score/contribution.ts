import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { holdsName, placesOf, pointsName } from "./people.ts";
import { bandsOf, type ScoreBody } from "./schema.ts";

export function contributionColumns(body: ScoreBody): Column[] {
  const double = (name: string) => ({ name, type: "DOUBLE" });
  const count = (name: string) => ({ name, type: "BIGINT" });
  return [
    { name: "rule", type: "INTEGER" },
    { name: "band", type: "VARCHAR" },
    count("people"),
    { name: "points", type: sumType(body) },
    double("share"),
    double("mean"),
    count("moved"),
  ];
}

/**
 * What each rule adds, for everybody (`band` missing) and for each band: who gets its points, the points, their share of
 * all that is given and taken there (magnitudes), points a person of the band, and who would be in another band without
 * the rule. Whoever the head excludes is left out.
 */
export function contributionSql(body: ScoreBody, people: string): string {
  const bands = bandsOf(body).map(({ name }) => name);
  const rules = body.points.map((_, index) => index);
  const counted = rules.map((index) => {
    const points = quoted(pointsName(index));
    // Numbers of bands are compared, which is far cheaper than their names, and only where something would change.
    const moves = `${points} <> 0 AND place <> ${placeSql(body, `(score - ${points})`)}`;
    return `
      count(*) FILTER (WHERE ${quoted(holdsName(index))}) AS people_${index}, ${sumSql(body, points)} AS points_${index},
      count(*) FILTER (WHERE ${moves}) AS moved_${index}`;
  });
  const summed = rules.flatMap((index) => [
    ...["people", "moved"].map((what) => sumOf(`${what}_${index}`, "BIGINT")),
    sumOf(`points_${index}`, sumType(body)),
  ]);
  const all = rules.map((index) => `abs(points_${index}::DOUBLE)`).join(" + ");
  const rows = rules.map(
    (index) => `
      SELECT ${index + 1}::INTEGER AS rule, [${["NULL", ...bands.map(literal)].join(", ")}][place + 1]::VARCHAR AS band,
        people_${index} AS people, points_${index} AS points, abs(points_${index}::DOUBLE) / nullif(${all}, 0) AS share,
        points_${index}::DOUBLE / nullif(n, 0) AS mean, moved_${index} AS moved, place
      FROM sums`,
  );
  return `
    WITH counted AS MATERIALIZED (
      SELECT place, count(*) AS n, ${counted.join(", ")}
      FROM (SELECT *, ${placeSql(body, "score")} AS place FROM ${quoted(people)} WHERE NOT excluded) GROUP BY place
    ),
    sums AS MATERIALIZED (
      SELECT 0 AS place, ${[sumOf("n", "BIGINT"), ...summed].join(", ")} FROM counted
      UNION ALL BY NAME SELECT * FROM counted WHERE place <= ${bands.length}
    )
    SELECT * EXCLUDE (place) FROM (${rows.join("\nUNION ALL\n")}) ORDER BY rule, place`;
}

function sumOf(column: string, type: string): string {
  return `CAST(coalesce(sum(${column}), 0) AS ${type}) AS ${column}`;
}

/** The number of a score's band, the highest 1; one more than there are bands where it is in none. */
function placeSql(body: ScoreBody, score: string): string {
  const bands = bandsOf(body);
  const cases = bands.map(({ operator, border }, index) => `WHEN ${score} ${operator} ${border} THEN ${index + 1}`);
  return cases.length === 0 ? "1" : `CASE ${cases.join(" ")} ELSE ${bands.length + 1} END`;
}

function sumType(body: ScoreBody): string {
  const places = placesOf(body);
  return places === null ? "DOUBLE" : places === 0 ? "BIGINT" : `DECIMAL(38,${places})`;
}

/** Doubles are added as decimals, which come to the same in any order. */
function sumSql(body: ScoreBody, points: string): string {
  const exact = placesOf(body) === null ? `CAST(${points} AS DECIMAL(38,12))` : points;
  return `CAST(coalesce(sum(${exact}), 0) AS ${sumType(body)})`;
}
