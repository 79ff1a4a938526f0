import type { Analysis } from "./engine.ts";

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Offset into the statement. */
  readonly at: number;
}

/** Table functions that make rows out of nothing but their arguments. */
const TABLE_FUNCTIONS = new Set([
  "range",
  "generate_series",
  "unnest",
  "repeat",
  "repeat_row",
  "json_each",
  "json_tree",
  "summary",
  "pragma_version",
]);

/** Scalar functions that reach outside the statement: settings, environment, files, other SQL, the catalogue. */
const REFUSED = new Set([
  "getenv",
  "getvariable",
  "current_setting",
  "enable_logging",
  "disable_logging",
  "query",
  "query_table",
  "nextval",
  "currval",
  "read_text",
  "read_blob",
  "read_csv",
  "read_csv_auto",
  "read_parquet",
  "parquet_scan",
  "read_json",
  "read_json_auto",
  "read_json_objects",
  "read_json_objects_auto",
  "read_ndjson",
  "read_ndjson_auto",
  "read_ndjson_objects",
  "sniff_csv",
  "glob",
  "parquet_metadata",
  "parquet_schema",
  "parquet_file_metadata",
  "parquet_kv_metadata",
  "parquet_bloom_probe",
  "read_duckdb",
  "add_parquet_key",
  "from_substrait",
  "from_substrait_json",
  "json_execute_serialized_sql",
  "json_serialize_plan",
  "write_log",
  "truncate_duckdb_logs",
  "set_config",
  "pg_terminate_backend",
  "sql_auto_complete",
  "checkpoint",
  "force_checkpoint",
  "which_secret",
  "load_aws_credentials",
  "seq_scan",
  "index_scan",
  "test_all_types",
  "test_vector_types",
]);

/** What a notebook's SQL may not do, although it parses: call what reaches outside, or read a path as a table. */
export function guardSql(analysis: Analysis): Refusal[] {
  const refusals: Refusal[] = [];
  for (const call of analysis.functions) {
    const allowed = call.table
      ? TABLE_FUNCTIONS.has(call.name)
      : !REFUSED.has(call.name) && !call.name.startsWith("duckdb_") && !call.name.startsWith("pragma_");
    if (allowed) continue;
    refusals.push({
      code: "function-refused",
      message: `\`${call.name}\` reaches outside the notebook and is refused.`,
      hint: "Declare the file in a source cell and read that cell by its id.",
      at: call.at,
    });
  }
  return refusals;
}
