/** Decimal numbers as text, so that what was written is what is compared: no value passes through a double. */

/** Without needless zeros: `007.50` is `7.5`, `.5` is `0.5`, `-0` is `0`. Takes `-`, digits and one point. */
export function plain(text: string): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const left = whole.replace(/^0+(?=\d)/, "") || "0";
  const right = fraction.replace(/0+$/, "");
  const size = right === "" ? left : `${left}.${right}`;
  return negative && size !== "0" ? `-${size}` : size;
}

/** The number times ten to the power of `places`, exactly. */
export function shift(text: string, places: number): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const room = Math.abs(places);
  const digits = "0".repeat(room) + whole + fraction + "0".repeat(room);
  const point = room + whole.length + places;
  return plain(`${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`);
}

/** How many digits it has behind the point. */
export function scaleOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

/** The largest number of at most `scale` digits behind the point that is not above it. */
export function floorTo(text: string, scale: number): string {
  if (scaleOf(text) <= scale) return text;
  const shifted = shift(text, scale);
  const whole = BigInt(shifted.split(".")[0] ?? "0");
  const below = shifted.startsWith("-") ? whole - 1n : whole;
  return shift(below.toString(), -scale);
}

/** A finite double in plain digits: the shortest that reads back as the same double, without an exponent. */
export function fromDouble(value: number): string {
  const [digits = "0", exponent] = value.toString().split("e");
  return exponent === undefined ? plain(digits) : shift(digits, Number(exponent));
}
