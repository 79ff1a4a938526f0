/** One border of a rule, in the column's own units. Missing values never meet it. */
export interface Condition {
  readonly column: string;
  readonly operator: ">=" | "<=";
  readonly value: number;
}

/**
 * The shortest decimal that parts two neighbouring values, so that rules read `>= 100`, not `>= 99.37`:
 * for `>=` above `outside` and up to `inside`, for `<=` from `inside` to below `outside`.
 */
export function roundBorder(operator: Condition["operator"], inside: number, outside: number): number {
  const parts = (value: number): boolean =>
    operator === ">=" ? value > outside && value <= inside : value >= inside && value < outside;
  const middle = Number.isFinite(outside) ? inside / 2 + outside / 2 : inside;
  for (let digits = 1; digits <= 17; digits++) {
    const rounded = [middle, inside].map((value) => Number(value.toPrecision(digits))).find(parts);
    if (rounded !== undefined) return rounded + 0;
  }
  return inside;
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
