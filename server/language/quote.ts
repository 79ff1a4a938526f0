/** A column's or relation's name in SQL, whatever it is made of. */
export function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A text as a literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
