/** One border of a rule, in the column's own units. Missing values never meet it. */
export interface Condition {
  readonly column: string;
  readonly operator: ">=" | "<=";
  readonly value: number;
}

/** More digits than anybody reads. */
const LONG = 20;

/**
 * A short decimal that parts two neighbouring values, so that rules read `>= 100`, not `>= 99.37`:
 * for `>=` above `outside` and up to `inside`, for `<=` from `inside` to below `outside`. The one with the fewest significant
 * digits near the middle; where that one is long to write, the shortest anywhere between.
 */
export function roundBorder(operator: Condition["operator"], inside: number, outside: number): number {
  const parts = (value: number): boolean =>
    operator === ">=" ? value > outside && value <= inside : value >= inside && value < outside;
  const middle = Number.isFinite(outside) ? inside / 2 + outside / 2 : inside;
  for (let digits = 1; digits <= 17; digits++) {
    const rounded = [middle, inside].map((value) => Number(value.toPrecision(digits))).find(parts);
    if (rounded === undefined) continue;
    return plainNumber(rounded).length <= LONG ? rounded + 0 : shortest([rounded, ...others(inside, outside)], parts);
  }
  return inside;
}

/** A border in the rule language, after the column's name. */
export function borderText(operator: Condition["operator"], value: number): string {
  // From the least double above 0 on is above 0, and so it is below.
  if (Math.abs(value) === Number.MIN_VALUE && value > 0 === (operator === ">=")) return `${operator.charAt(0)} 0`;
  return `${operator} ${plainNumber(value)}`;
}

function shortest(candidates: readonly number[], parts: (value: number) => boolean): number {
  const length = (value: number) => (Math.abs(value) === Number.MIN_VALUE ? 1 : plainNumber(value).length);
  return candidates.filter(parts).reduce((best, value) => (length(value) < length(best) ? value : best)) + 0;
}

/** Numbers that may lie between two values and be short: 0, what is next to it, and what either is rounded down and up. */
function others(inside: number, outside: number): number[] {
  const ends = [inside, outside].filter((value) => Number.isFinite(value) && value !== 0);
  const rounded = ends.flatMap((value) =>
    Array.from({ length: 17 }, (_, at) => {
      const near = Number(value.toPrecision(at + 1));
      const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - at);
      return [near, ...[near - unit, near + unit].map((next) => Number(next.toPrecision(at + 1)))];
    }).flat(),
  );
  return [0, Number.MIN_VALUE, -Number.MIN_VALUE, ...rounded];
}

/** A number as plain digits, without an exponent, that reads back as the same double. */
export function plainNumber(value: number): string {
  const text = String(value);
  const [mantissa = "", exponent] = text.split("e");
  if (exponent === undefined) return text;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - whole.length)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, "0")}`;
}
