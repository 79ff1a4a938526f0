import type { SourceBody } from "../cells/source/schema.ts";
import { columnsOf } from "../run/studied.ts";
import { bodyOf } from "./body-of.ts";
import { columnPlace } from "./column-place.ts";
import { finding } from "./finding.ts";
import { isFloating } from "./sql/types.ts";
import type { Check } from "./subject.ts";

/** Words of a column's name that speak of money. */
const MONEY = new Set(
  "amount price revenue spend spent cost total subtotal gross net paid payment discount fee tax vat sales turnover margin refund balance monetary gmv aov usd eur gbp".split(
    " ",
  ),
);

/** Beside a word of money these make a count, a share or a measure of it. */
const NOT_MONEY = new Set(
  "count share rate ratio percent pct items orders days score rank log z quantity weight".split(" "),
);

/** Money that is kept as floating point, where cents get lost and sums depend on the order. */
export const moneyAsFloat: Check = ({ plan }) =>
  plan.cells.flatMap((studied) => {
    const body = studied.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
    if (body === null) return [];
    return (columnsOf(studied, "").columns ?? [])
      .filter(({ name, type }) => isFloating(type) && isMoney(name))
      .map(({ name, type }) => {
        const isDeclared = Object.hasOwn(body.columns, name) && body.columns[name]?.type !== null;
        const how = isDeclared ? "declared" : "read";
        const message = `\`${name}\` looks like money and is ${how} as ${type}, which loses cents and adds up differently by order.`;
        const hint = `Write \`${name}: DECIMAL(18,2)\` under \`columns\`, with as many decimals as there are.`;
        return finding(studied, columnPlace(studied, name), { code: "money-as-float", message, hint });
      });
  });

export function isMoney(name: string): boolean {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => MONEY.has(word)) && !words.some((word) => NOT_MONEY.has(word));
}
