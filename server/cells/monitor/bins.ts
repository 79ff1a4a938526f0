import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";

/** Numbers fall between deciles of the reference, or on its own values where there are no more than so many. */
const FEW = 10;

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL.*|DOUBLE|FLOAT)$/;
const NAMED = /^(VARCHAR|BOOLEAN|ENUM.*)$/;

/** What can be binned. Times are left out, which the calendar moves on, and so are nested values. */
export function featuresOf(columns: readonly Column[], entity: string): Column[] {
  return columns.filter(({ name, type }) => name !== entity && (NUMBER.test(type) || NAMED.test(type)));
}

/**
 * People's features one below the other, in SQL, from a table with `segment` and the features: `segment`, `feature`, and
 * `number` or `word`, both missing where the feature is.
 */
export function longSql(people: string, features: readonly Column[]): string {
  const parts = features.map(({ name, type }, index) => {
    const [number, word] = NUMBER.test(type)
      ? [`${quoted(name)}::DOUBLE`, "NULL::VARCHAR"]
      : ["NULL::DOUBLE", `${quoted(name)}::VARCHAR`];
    return `SELECT segment, ${index} AS feature, ${number} AS number, ${word} AS word FROM ${quoted(people)}`;
  });
  return parts.join("\nUNION ALL\n");
}

/** The bins of each segment's features, in SQL, from their long form: upper `edges` of numbers, the commonest `words`. */
export function edgesSql(long: string): string {
  const deciles = Array.from({ length: 9 }, (_, i) => (i + 1) / 10).join(", ");
  return `
    WITH long AS (${long}), words AS (
      SELECT segment, feature, list(word ORDER BY people DESC, word)[:${FEW - 1}] AS words
      FROM (SELECT segment, feature, word, count(*) AS people FROM long WHERE word IS NOT NULL GROUP BY ALL)
      GROUP BY ALL
    ), numbers AS (
      SELECT segment, feature, CASE WHEN count(DISTINCT number) <= ${FEW} THEN list_sort(list(DISTINCT number))
        ELSE list_sort(list_distinct(quantile_disc(number, [${deciles}]))) END AS edges
      FROM long WHERE number IS NOT NULL AND NOT isnan(number) GROUP BY ALL
    )
    SELECT segment, feature, edges, words
    FROM (SELECT DISTINCT segment, feature FROM long) LEFT JOIN numbers USING (segment, feature) LEFT JOIN words USING (segment, feature)`;
}

/** How many people are in each bin, in SQL: `segment`, `feature`, `bin`, `people`. Missing is a bin of its own, and so are all other words. */
export function countsInBinsSql(long: string, edges: string): string {
  const bin = `CASE WHEN word IS NOT NULL THEN coalesce(list_position(words, word) - 1, ${FEW})
      WHEN number IS NULL OR isnan(number) THEN -1
      ELSE len(list_filter(coalesce(edges, []), lambda edge: edge < number)) END`;
  return `
    SELECT segment, feature, ${bin} AS bin, count(*) AS people
    FROM (${long}) JOIN ${quoted(edges)} USING (segment, feature)
    GROUP BY ALL ORDER BY ALL`;
}
