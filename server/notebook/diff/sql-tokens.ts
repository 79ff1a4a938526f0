const COMMENT = /^(?:--|\/\*)/;
const TOKEN =
  /--[^\r\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|[\p{L}\p{N}_$.]+|[<>=!|&+\-*/%^~#@?:]+|\S/gu;

/** SQL without its comments and the white space between its tokens: equal for texts that differ in nothing else. */
export function sqlTokens(sql: string): string[] {
  return [...sql.matchAll(TOKEN)].map(([token]) => token).filter((token) => !COMMENT.test(token));
}
