/** Whether a piece of SQL may speak of a column; it may do so in quotes, and in any case. */
export function mentions(sql: string, column: string): boolean {
  const text = sql.toLowerCase();
  const name = column.toLowerCase();
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = `${text.charAt(at - 1)}${text.charAt(at + name.length)}`;
    if (!/[\p{L}\p{N}_]/u.test(around)) return true;
  }
  return false;
}
