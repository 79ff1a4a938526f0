import { fault, good, type Outcome } from "./outcome.ts";

export type Transform = "none" | "log1p" | "sqrt" | "rank";

/**
 * Applies a column's transform to values without gaps. log1p: ln(1 + x), x > −1. sqrt: x ≥ 0.
 * rank: (rank − ½) / n with the mean rank for equal values, so between 0 and 1.
 * Fault `transform-out-of-range` where a value has no image.
 */
export function transformed(
  column: { readonly name: string; readonly transform: Transform },
  values: Float64Array,
): Outcome<Float64Array> {
  const { name, transform } = column;
  if (transform === "none") return good(values);
  if (transform === "rank") return good(ranks(values));
  const outside = transform === "log1p" ? values.filter((value) => value <= -1) : values.filter((value) => value < 0);
  if (outside.length > 0) {
    const least = outside.reduce((low, value) => Math.min(low, value), 0);
    const bound = transform === "log1p" ? "greater than −1" : "of at least 0";
    return fault(
      "transform-out-of-range",
      `${transform} takes values ${bound}; ${name} has ${outside.length} others, the least ${Number(least.toPrecision(6))}.`,
      `Use transform: {${name}: rank}, or change ${name} where it is made.`,
      name,
    );
  }
  return good(values.map(transform === "log1p" ? Math.log1p : Math.sqrt));
}

function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, row) => row).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranked = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    // Ranks from + 1 … to have the mean (from + 1 + to) / 2.
    for (let at = from; at < to; at++) ranked[order[at] as number] = (from + to) / 2 / values.length;
    from = to;
  }
  return ranked;
}
