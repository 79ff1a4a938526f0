/** JsonLogic as jsonlogic.com defines it, in JavaScript's own operators: those that rules are written with. */
export function evaluate(logic: unknown, data: Readonly<Record<string, unknown>>): unknown {
  if (typeof logic !== "object" || logic === null) return logic;
  if (Array.isArray(logic)) return logic.map((item) => evaluate(item, data));
  const [[operator, given] = ["", null]] = Object.entries(logic);
  const operands: unknown[] = Array.isArray(given) ? given : [given];
  if (operator === "and") return operands.every((each) => Boolean(evaluate(each, data)));
  if (operator === "or") return operands.some((each) => Boolean(evaluate(each, data)));
  const [a, b, c] = operands.map((each) => evaluate(each, data));
  switch (operator) {
    case "var":
      return data[String(a)] ?? null;
    case "!":
      return !a;
    case "===":
      return a === b;
    case "!==":
      return a !== b;
    case "<":
      return (a as number) < (b as number);
    case "<=":
      return (a as number) <= (b as number);
    case ">":
      return (a as number) > (b as number);
    case ">=":
      return (a as number) >= (b as number);
    case "in":
      return typeof b === "string" || Array.isArray(b) ? (b as string).indexOf(a as string) !== -1 : false;
    case "substr":
      return String(a).substr(Number(b), c === undefined ? undefined : Number(c));
    default:
      throw new Error(operator);
  }
}
