import type { DuckDBValue } from "@duckdb/node-api";
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
} from "./duckdb-package.ts";
import type { PlainValue } from "./engine.ts";

/**
 * A value of the engine as JSON can carry it. BIGINT and DECIMAL are numbers where a double holds them exactly,
 * else text; dates `YYYY-MM-DD`; timestamps ISO 8601, with `Z` where they name an instant; missing is null.
 */
export function plain(value: DuckDBValue): PlainValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return fromBigInt(value);
  if (value instanceof DuckDBDecimalValue) return fromDecimal(value);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampTZValue) return isoMicros(value.micros, "Z");
  if (value instanceof DuckDBTimestampValue) return isoMicros(value.micros, "");
  if (value instanceof DuckDBTimestampMillisecondsValue) return isoMicros(value.millis * 1000n, "");
  if (value instanceof DuckDBTimestampSecondsValue) return isoMicros(value.seconds * 1_000_000n, "");
  if (value instanceof DuckDBTimestampNanosecondsValue) return isoMicros(value.nanos / 1000n, "");
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue) return object(Object.entries(value.entries));
  if (value instanceof DuckDBMapValue) {
    return object(value.entries.map((entry) => [String(plain(entry.key)), entry.value]));
  }
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
  return String(value);
}

function object(entries: [string, DuckDBValue][]): PlainValue {
  const result: { [key: string]: PlainValue } = Object.create(null);
  for (const [key, value] of entries) result[key] = plain(value);
  return result;
}

function fromBigInt(value: bigint): PlainValue {
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value.toString();
}

/** A decimal is a number where its shortest double prints the same digits. */
function fromDecimal(value: DuckDBDecimalValue): PlainValue {
  const text = value.toString();
  const double = Number(text);
  return Number.isFinite(double) && sameDigits(double, text) ? double : text;
}

function sameDigits(double: number, text: string): boolean {
  const trimmed = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  return String(double) === (trimmed === "-0" ? "0" : trimmed.replace(/^(-?)\./, "$10."));
}

const DAY = 86_400_000_000n;

/** Microseconds since 1970 as ISO 8601, fractions only where there are any. */
function isoMicros(micros: bigint, suffix: string): string {
  if (micros >= 9_223_372_036_854_775_806n) return "infinity";
  if (micros <= -9_223_372_036_854_775_806n) return "-infinity";
  let days = micros / DAY;
  let rest = micros % DAY;
  if (rest < 0n) {
    days -= 1n;
    rest += DAY;
  }
  const date = new DuckDBDateValue(Number(days)).toString();
  const seconds = Number(rest / 1_000_000n);
  const fraction = Number(rest % 1_000_000n);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
  const tail = fraction === 0 ? "" : `.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
  return `${date}T${clock}${tail}${suffix}`;
}
