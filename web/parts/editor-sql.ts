import { SQLDialect } from "@codemirror/lang-sql";
import type { Extension } from "@codemirror/state";

/** What a SELECT of DuckDB's is written with; words that begin other statements are refused anyway and left out. */
const KEYWORDS = `
  select from where group by having order limit offset qualify window with recursive as on using distinct all
  join inner left right full outer cross natural lateral asof positional semi anti union intersect except
  case when then else end and or not in is null like ilike similar to between exists any some escape
  asc desc nulls first last filter over partition rows range groups preceding following unbounded current row
  exclude replace columns pivot unpivot summarize values unnest sample tablesample cast try_cast interval at time zone
  rollup cube grouping sets true false collate materialized`;

const TYPES = `
  bigint integer int smallint tinyint hugeint ubigint uinteger usmallint utinyint double float real decimal numeric
  varchar text boolean date timestamp timestamptz time blob uuid json struct map list`;

const FUNCTIONS = `
  count sum avg min max median mode stddev stddev_samp var_samp quantile_cont quantile_disc approx_count_distinct
  count_if bool_and bool_or arg_min arg_max any_value list string_agg corr
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  coalesce nullif ifnull greatest least abs round floor ceil ln log10 log2 exp sqrt pow sign
  date_trunc date_diff date_part date_add extract strftime strptime epoch epoch_ms dayofweek last_day age make_date
  lower upper trim length substring concat concat_ws starts_with contains regexp_matches regexp_extract regexp_replace
  split_part list_contains array_length`;

const duckdb = SQLDialect.define({
  keywords: words(KEYWORDS),
  types: words(TYPES),
  builtin: words(FUNCTIONS),
  operatorChars: "*+-%<>!=&|~^/:",
  // A dollar begins an input's name.
  specialVar: "$",
  caseInsensitiveIdentifiers: true,
});

const keywords: ReadonlySet<string> = new Set(KEYWORDS.trim().split(/\s+/));

/** Whether a keyword of the engine's is one that a SELECT is written with; most others may only be names in one. */
export function isSelectWord(word: string): boolean {
  return keywords.has(word.toLowerCase());
}

const functions = FUNCTIONS.trim().split(/\s+/);

/** How common a function is in such notebooks: 0 is the commonest. */
export function commonness(name: string): number {
  const place = functions.indexOf(name);
  return place < 0 ? functions.length : place;
}

/** SQL as DuckDB reads it. */
export const duckdbSql: Extension = duckdb.language;

function words(text: string): string {
  return text.trim().split(/\s+/).join(" ");
}
