import { KEYWORDS } from "./words.ts";

/** A name as the parser will read it again: as it is where it is plain words, else in backticks. */
export function printName(name: string): string {
  const words = name.split(" ");
  const plain = words.every((word) => /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(word) && !KEYWORDS.has(word.toLowerCase()));
  return plain ? name : `\`${name.replaceAll("`", "``")}\``;
}

/** A column: one word, else backticks, since a column's words may also be another name's. */
export function printColumn(name: string): string {
  return name.includes(" ") ? `\`${name.replaceAll("`", "``")}\`` : printName(name);
}
