/** A name for SQL. A name can't hold the NUL character, which ends the engine's text. */
export function name(text: string): string {
  if (text.includes("\0")) throw new RangeError(`A name can't hold the NUL character: ${JSON.stringify(text)}.`);
  return `"${text.replaceAll('"', '""')}"`;
}

/** A text for SQL, where it can't be bound as a value. */
export function literal(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(" || chr(0) || ")})`;
}
