/** A name or a parameter as it stands in a piece of SQL; offsets count UTF-16 units. */
export interface SqlWord {
  readonly kind: "name" | "parameter";
  /** Without its quotes or its dollar. */
  readonly text: string;
  readonly quoted: boolean;
  readonly from: number;
  readonly to: number;
}

const PIECE = new RegExp(
  [
    String.raw`--[^\r\n]*`,
    String.raw`(?<block>/\*)`,
    String.raw`(?<![\w$])[eE]'(?:[^'\\]|\\[\s\S]|'')*'?`,
    String.raw`'(?:[^']|'')*'?`,
    String.raw`(?<dollar>(?<![\w$])\$(?:[A-Za-z_]\w*)?\$)`,
    String.raw`(?<quoted>"(?:[^"]|"")*"?)`,
    String.raw`(?<![\w$])\$(?<parameter>[A-Za-z_]\w*)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`\d[\w.]*`,
  ].join("|"),
  "gu",
);

/** The names and parameters of a piece of SQL, keywords among them; what stands in texts and comments is none. */
export function sqlWords(sql: string): SqlWord[] {
  const words: SqlWord[] = [];
  PIECE.lastIndex = 0;
  for (let found = PIECE.exec(sql); found !== null; found = PIECE.exec(sql)) {
    const { block, dollar, quoted, parameter, name } = found.groups ?? {};
    const from = found.index;
    const to = from + found[0].length;
    if (block !== undefined) PIECE.lastIndex = commentEnd(sql, from);
    if (dollar !== undefined) PIECE.lastIndex = after(sql, dollar, to);
    if (quoted !== undefined) {
      words.push({ kind: "name", text: quoted.slice(1, -1).replaceAll('""', '"'), quoted: true, from, to });
    }
    if (parameter !== undefined) words.push({ kind: "parameter", text: parameter, quoted: false, from, to });
    if (name !== undefined) words.push({ kind: "name", text: name, quoted: false, from, to });
  }
  return words;
}

/** Comments of the engine hold others. */
function commentEnd(sql: string, start: number): number {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

function after(sql: string, mark: string, from: number): number {
  const end = sql.indexOf(mark, from);
  return end < 0 ? sql.length : end + mark.length;
}
