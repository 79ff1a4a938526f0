import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBTimestampValue,
  TIMESTAMP,
  VARCHAR,
} from "./duckdb-package.ts";
import type { Parameter, Parameters } from "./engine.ts";

const TYPES: Record<Parameter["type"], DuckDBType> = { BOOLEAN, BIGINT, DOUBLE, VARCHAR, DATE, TIMESTAMP };

/** Values and types as the engine binds them. */
export function bind(parameters: Parameters): {
  values: Record<string, DuckDBValue>;
  types: Record<string, DuckDBType>;
} {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    values[key] = boundValue(parameter);
    types[key] = TYPES[parameter.type];
  }
  return { values, types };
}

function boundValue(parameter: Parameter): DuckDBValue {
  if (parameter.value === null) return null;
  if (parameter.type === "BIGINT") return BigInt(parameter.value);
  if (parameter.type === "DATE")
    return new DuckDBDateValue(Math.round(Date.parse(`${parameter.value}T00:00:00Z`) / 86_400_000));
  if (parameter.type === "TIMESTAMP") return new DuckDBTimestampValue(micros(parameter.value));
  return parameter.value;
}

/** `2026-10-31T12:00:00.123456` or with a blank, taken as it stands, without a zone. */
function micros(text: string): bigint {
  const match = /^(\d{4,}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,6}))?)?$/.exec(text);
  const day = match?.[1];
  if (day === undefined) throw new Error(`not a timestamp without a zone: ${text}`);
  const clock = match?.[2] ?? "00:00:00";
  const whole = BigInt(Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`)) * 1000n;
  return whole + BigInt((match?.[3] ?? "").padEnd(6, "0"));
}
