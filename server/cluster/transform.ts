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
  const { outside, least } = outsideOf(values, transform);
  if (outside > 0) {
    const bound = transform === "log1p" ? "greater than −1" : "of at least 0";
    return fault(
      "transform-out-of-range",
      `${transform} takes values ${bound}; ${name} has ${outside} others, the least ${Number(least.toPrecision(6))}.`,
      `Use transform: {${name}: rank}, or change ${name} where it is made.`,
      name,
    );
  }
  return good(imagesOf(values, transform === "log1p" ? Math.log1p : Math.sqrt));
}

/** In a loop, as all that goes through a million values: `map` takes several times as long. */
export function imagesOf(values: Float64Array, image: (value: number) => number): Float64Array {
  const images = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) images[row] = image(values[row] as number);
  return images;
}

/** How many values have no image, and the least of them. */
function outsideOf(values: Float64Array, transform: "log1p" | "sqrt"): { outside: number; least: number } {
  let outside = 0;
  let least = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (transform === "log1p" ? !(value <= -1) : !(value < 0)) continue;
    outside++;
    if (value < least) least = value;
  }
  return { outside, least };
}

export function ranks(values: Float64Array): Float64Array {
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
