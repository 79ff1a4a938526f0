import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { bandSql, holdsName, placesOf, pointsName } from "./people.ts";
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
  const bands = [null, ...bandsOf(body).map(({ name }) => name)];
  const rules = body.points.map((_, index) => index);
  const sums = rules.map((index) => {
    const points = quoted(pointsName(index));
    const without = bandSql(body, `(score - ${points})`);
    return `
      count(*) FILTER (WHERE ${quoted(holdsName(index))}) AS people_${index}, ${sumSql(body, points)} AS points_${index},
      count(*) FILTER (WHERE band IS DISTINCT FROM ${without}) AS moved_${index}`;
  });
  const all = rules.map((index) => `abs(points_${index}::DOUBLE)`).join(" + ");
  const rows = rules.flatMap((index) =>
    bands.map((band, place) => {
      const which = band === null ? "isAll = 1" : `isAll = 0 AND band = ${literal(band)}`;
      return `
        SELECT ${index + 1}::INTEGER AS rule, ${band === null ? "NULL::VARCHAR" : literal(band)} AS band,
          people_${index} AS people, points_${index} AS points, abs(points_${index}::DOUBLE) / nullif(${all}, 0) AS share,
          points_${index}::DOUBLE / nullif(n, 0) AS mean, moved_${index} AS moved, ${place} AS place
        FROM sums WHERE ${which}`;
    }),
  );
  return `
    WITH sums AS MATERIALIZED (
      SELECT band, GROUPING(band) AS isAll, count(*) AS n, ${sums.join(", ")}
      FROM ${quoted(people)} WHERE NOT excluded GROUP BY GROUPING SETS ((band), ())
    )
    SELECT * EXCLUDE (place) FROM (${rows.join("\nUNION ALL\n")}) ORDER BY rule, place`;
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
