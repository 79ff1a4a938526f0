/** Aggregates that pick a value, or the order of a list, by whichever row comes first. */
export const PICKS = new Set([
  "first",
  "last",
  "any_value",
  "arbitrary",
  "arg_max",
  "arg_min",
  "argmax",
  "argmin",
  "max_by",
  "min_by",
  "arg_max_null",
  "arg_min_null",
  "mode",
]);

export const LISTS = new Set(["list", "array_agg", "string_agg", "group_concat", "listagg", "json_group_array"]);

/** Sums whose last digits depend on the order in which doubles are added. */
export const SUMS = new Set([
  "sum",
  "avg",
  "mean",
  "product",
  "stddev",
  "stddev_samp",
  "stddev_pop",
  "variance",
  "var_samp",
  "var_pop",
  "corr",
  "covar_pop",
  "covar_samp",
  "regr_slope",
  "regr_r2",
  "regr_intercept",
  "skewness",
  "kurtosis",
  "fsum",
  "kahan_sum",
  "sumkahan",
  "favg",
  "geomean",
  "sem",
]);

/** Estimates that depend on the order in which rows come. */
export const ESTIMATES = new Set(["approx_quantile", "approx_top_k", "reservoir_quantile"]);

const OTHERS = [
  "count",
  "count_star",
  "count_if",
  "countif",
  "min",
  "max",
  "median",
  "quantile",
  "quantile_cont",
  "quantile_disc",
  "approx_count_distinct",
  "bool_and",
  "bool_or",
  "bit_and",
  "bit_or",
  "bit_xor",
  "entropy",
  "mad",
  "histogram",
  "map_agg",
  "bitstring_agg",
  "sum_no_overflow",
];

const AGGREGATES = new Set([...PICKS, ...LISTS, ...SUMS, ...ESTIMATES, ...OTHERS]);

export function isAggregate(name: string): boolean {
  return AGGREGATES.has(name.toLowerCase());
}
