import { type Engine, EngineFailure } from "../../engine/engine.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import type { InputValue } from "../../language/vocabulary.ts";
import { SourceFault } from "./fault.ts";
import type { SourceColumn } from "./resolve.ts";
import type { Expectations, SourceBody } from "./schema.ts";
import { isMoment, isNumber } from "./types.ts";

/** Something that must hold of every value of a column. */
export interface Check {
  readonly check: "required" | "min" | "max" | "matches" | "one_of";
  readonly column: string;
  /** Where it stands in the body. */
  readonly path: readonly string[];
  /** SQL over our columns that is true where it does not hold. A missing value breaks `required` alone. */
  readonly broken: string;
  /** What is wrong with such a value, to follow it in a sentence. */
  readonly reason: string;
}

type Inputs = readonly InputValue[];

interface Bound {
  readonly text: string;
  readonly type: string;
  readonly path: readonly string[];
}

/** The checks that the source declares for its columns. Throws SourceFault where one can't be made. */
export async function checksOf(
  columns: readonly SourceColumn[],
  body: SourceBody,
  context: { engine: Engine; inputs: Inputs },
): Promise<Check[]> {
  const checks: Check[] = [];
  const bounds: Bound[] = [];
  for (const column of columns) {
    const expected = Object.hasOwn(body.columns, column.name) ? body.columns[column.name] : undefined;
    if (expected !== undefined) checks.push(...columnChecks(column, expected, { inputs: context.inputs, bounds }));
  }
  await validate(bounds, checks, context.engine);
  return checks;
}

function columnChecks(
  column: SourceColumn,
  expected: Expectations,
  { inputs, bounds }: { inputs: Inputs; bounds: Bound[] },
): Check[] {
  const { name, type } = column;
  const value = quoted(name);
  const checks: Check[] = [];
  const add = (check: Check["check"], broken: string, reason: string) =>
    checks.push({ check, column: name, path: ["columns", name, check], broken, reason });
  if (expected.required) add("required", `${value} IS NULL`, "is missing");
  for (const side of ["min", "max"] as const) {
    const written = expected[side];
    if (written === null) continue;
    const bound = resolved(written, inputs, ["columns", name, side]);
    if (!isNumber(type) && !isMoment(type) && type !== "TIME") {
      const message = `\`${side}\` needs a number or a time, but \`${name}\` is ${type}.`;
      const hint = "Declare the column's `type`, or use `matches` or `one_of` for text.";
      throw new SourceFault({ code: "expectation-type", message, hint }, ["columns", name, side]);
    }
    bounds.push({ text: bound, type: isNumber(type) ? "DOUBLE" : type, path: ["columns", name, side] });
    add(side, outside(value, type, side, bound), side === "min" ? `is below ${bound}` : `is above ${bound}`);
  }
  if (expected.matches !== null) {
    const broken = `NOT regexp_matches(CAST(${value} AS VARCHAR), ${literal(expected.matches)})`;
    add("matches", broken, `does not match ${expected.matches}`);
  }
  if (expected.one_of !== null) {
    const options = expected.one_of.map((option) => literal(option));
    for (const text of expected.one_of) bounds.push({ text, type, path: ["columns", name, "one_of"] });
    const typed = type === "VARCHAR" ? options : options.map((option) => `CAST(${option} AS ${type})`);
    const shown = expected.one_of.slice(0, 8).join(", ");
    if (typed.length > 0) add("one_of", `${value} NOT IN (${typed.join(", ")})`, `is not one of ${shown}`);
  }
  return checks;
}

/** A date without a time stands for its whole day. */
function outside(value: string, type: string, side: "min" | "max", bound: string): string {
  if (isNumber(type)) return `${value} ${side === "min" ? "<" : ">"} ${Number(bound)}`;
  const typed = `CAST(${literal(bound)} AS ${type})`;
  if (side === "min") return `${value} < ${typed}`;
  const day = type !== "DATE" && /^\d{4}-\d{2}-\d{2}$/.test(bound);
  return day ? `${value} >= ${typed} + INTERVAL 1 DAY` : `${value} > ${typed}`;
}

function resolved(written: string | number, inputs: Inputs, path: readonly string[]): string {
  if (typeof written === "number" || !written.startsWith("$")) return String(written);
  const input = inputs.find(({ name }) => name === written.slice(1));
  if (input !== undefined && input.value !== null) return String(input.value);
  const known = inputs.map(({ name }) => `\`$${name}\``).join(", ");
  const message = `\`${written}\` is not an input of this notebook.`;
  throw new SourceFault({ code: "unknown-input", message, hint: `Known inputs: ${known}.` }, path);
}

/** Asks the engine whether every bound is a value of its type, and every pattern a pattern. */
async function validate(bounds: readonly Bound[], checks: readonly Check[], engine: Engine): Promise<void> {
  if (bounds.length > 0) {
    const casts = bounds.map(({ text, type }) => `TRY_CAST(${literal(text)} AS ${type}) IS NULL`);
    const table = await engine.table({ sql: `SELECT ${casts.join(", ")}` });
    const bad = bounds.find((_, index) => table.rows[0]?.[index] === true);
    if (bad !== undefined) {
      const message = `\`${bad.text}\` can't be compared with a column of ${bad.type}.`;
      throw new SourceFault(
        { code: "expectation-value", message, hint: "Write a value of the column's type." },
        bad.path,
      );
    }
  }
  for (const check of checks.filter((one) => one.check === "matches")) {
    try {
      await engine.table({ sql: `SELECT ${check.broken} FROM (SELECT '' AS ${quoted(check.column)})` });
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      const message = `The pattern can't be read: ${error.message.split("\n")[0] ?? ""}.`;
      const hint = "Patterns are regular expressions of RE2; write one in single quotes.";
      throw new SourceFault({ code: "expectation-pattern", message, hint }, check.path);
    }
  }
}
