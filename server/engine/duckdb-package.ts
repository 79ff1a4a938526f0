import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * DuckDB's own package. An `import` of a CommonJS package reads each of its hundred files twice, first for its exports'
 * names: a quarter of a second of each process that is started, which `require` does not take.
 */
export const {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  INTEGER,
  TIMESTAMP,
  VARCHAR,
  version,
} = require("@duckdb/node-api") as typeof import("@duckdb/node-api");

export type DuckDBInstance = import("@duckdb/node-api").DuckDBInstance;
export type DuckDBDecimalValue = import("@duckdb/node-api").DuckDBDecimalValue;
