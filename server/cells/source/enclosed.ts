/**
 * Whether a piece of SQL stays inside brackets that are put around it: quotes and comments are closed, no bracket
 * closes more than the piece opened, and no statement ends in it.
 */
export function isEnclosed(sql: string): boolean {
  let depth = 0;
  let at = 0;
  while (at < sql.length) {
    const rest = sql.slice(at, at + 2);
    const character = sql.charAt(at);
    if (rest === "--" || rest === "/*") {
      const end = rest === "--" ? lineEnd(sql, at) : sql.indexOf("*/", at + 2);
      if (end < 0) return false;
      at = rest === "--" ? end : end + 2;
      continue;
    }
    const quote = /^(?:'|"|\$[A-Za-z_]*\$)/.exec(sql.slice(at, at + 64))?.[0];
    if (quote !== undefined) {
      const end = closing(sql, at, quote);
      if (end < 0) return false;
      at = end;
      continue;
    }
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (depth < 0 || character === ";") return false;
    at += 1;
  }
  return depth === 0;
}

/** Just after the end of a quoted piece that begins at `at`; -1 where it is not closed. */
function closing(sql: string, at: number, quote: string): number {
  // E'…' knows backslashes.
  const escapes = quote === "'" && /(?:^|\W)e$/i.test(sql.slice(Math.max(0, at - 2), at));
  let from = at + quote.length;
  for (;;) {
    const end = sql.indexOf(quote, from);
    if (end < 0) return -1;
    if (escapes && backslashes(sql, end) % 2 === 1) from = end + 1;
    else if (quote.length === 1 && sql[end + 1] === quote) from = end + 2;
    else return end + quote.length;
  }
}

function backslashes(sql: string, before: number): number {
  let count = 0;
  while (sql[before - 1 - count] === "\\") count += 1;
  return count;
}

function lineEnd(sql: string, at: number): number {
  const end = sql.slice(at).search(/[\r\n]/);
  return end < 0 ? sql.length : at + end;
}
