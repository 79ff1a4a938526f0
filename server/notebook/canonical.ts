/** JSON of a body that is the same for equal bodies however their keys were ordered. Throws on what JSON cannot hold. */
export function canonicalBody(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`A body cannot hold the number ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalBody(item ?? null)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`A body cannot hold a ${typeof value}`);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    // By code unit, not by language: the order must not depend on where the program runs.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalBody(item)}`);
  return `{${entries.join(",")}}`;
}
