import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { bandSql, numberType, placesOf } from "./people.ts";
import { bandsOf, type ScoreBody } from "./schema.ts";

/** So many scores are counted one by one; where there are more, so many stretches of them. */
const MOST_SCORES = 2_000;

export function spreadColumns(body: ScoreBody): Column[] {
  const type = numberType(body);
  const count = (name: string) => ({ name, type: "BIGINT" });
  return [{ name: "score", type }, { name: "highest", type }, count("people"), count("excluded")];
}

/**
 * How many have each score, the lowest first: `score` to `highest` are one score, or where there are more than 2,000 of
 * them a stretch, of which `score` is the lowest in use. No stretch goes over a band's border, so that the size of every
 * band between borders at any of the scores is the exact sum of its rows.
 */
export async function spreadSql(
  body: ScoreBody,
  people: string,
  { engine, signal }: { engine: Engine; signal: AbortSignal },
): Promise<string> {
  const [found] = await engine.rows({
    sql: `SELECT count(DISTINCT score) AS n, max(score)::DOUBLE - min(score)::DOUBLE AS width FROM ${quoted(people)}`,
    signal,
  });
  const many = Number(found?.n ?? 0) > MOST_SCORES;
  const stretch = many ? stretchSql(body, Number(found?.width ?? 0)) : "score";
  const band = bandsOf(body).length === 0 ? "NULL" : bandSql(body, "score");
  return `
    SELECT min(score) AS score, max(score) AS highest,
      count(*) FILTER (WHERE NOT excluded) AS people, count(*) FILTER (WHERE excluded) AS excluded
    FROM ${quoted(people)} GROUP BY ${stretch}, ${band} ORDER BY 1`;
}

/** The number of the stretch that a score is in: of 1, 2 or 5 times a power of ten, counted in the score's last place. */
function stretchSql(body: ScoreBody, width: number): string {
  const places = placesOf(body) ?? 9;
  const unit = `CAST(round(score * ${10 ** places}) AS BIGINT)`;
  const least = (width * 10 ** places) / (MOST_SCORES / 2);
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  const length = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= least) ?? 10 * power;
  return `CAST(floor(${unit} / CAST(${length} AS DOUBLE)) AS BIGINT)`;
}
