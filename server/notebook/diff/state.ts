import { parseBody } from "../body.ts";
import type { Cell } from "../model.ts";
import { readYaml } from "../yaml/read.ts";
import type { PartState } from "./model.ts";
import type { Part } from "./parts.ts";
import { sqlTokens } from "./sql-tokens.ts";

/** What two versions of one part have become of each other; `form` and `spacing` only where that is certain. */
export function stateOf(before: Part, after: Part): Exclude<PartState, "added" | "removed"> {
  if (textWithoutId(before) === textWithoutId(after)) return "same";
  const [one, other] = [before.cell, after.cell];
  if (one === null || other === null) {
    const isSame = before.type !== "head" || isSameMap(headMap(before.text), headMap(after.text));
    if (filled(before.text) === filled(after.text)) return isSame ? "spacing" : "changed";
    return before.type === "head" && isSame ? "form" : "changed";
  }
  if (one.kind !== other.kind || !isSameBody(one, other)) return "changed";
  return filled(textWithoutId(before)) === filled(textWithoutId(after)) ? "spacing" : "form";
}

function isSameBody(before: Cell, after: Cell): boolean {
  if (before.body === after.body) return true;
  if (!before.known) return false;
  if (before.kind === "sql") return sqlTokens(before.body).join("\n") === sqlTokens(after.body).join("\n");
  return isSameMap(parseBody(before).value, parseBody(after).value);
}

/** In the order of their keys too: with `exclusive`, the first segment that fits is the one. */
function isSameMap(before: unknown, after: unknown): boolean {
  return before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after);
}

function headMap(text: string): unknown {
  const yaml = text.replace(/^[^\r\n]*(?:\r\n?|\n)/, "").replace(/---[ \t]*$/, "");
  return readYaml(yaml, { cell: null, line: 1, rules: (path) => path[0] === "exclude" }).value;
}

/** The whole text, with the id in its fence taken out: a new id is told by itself. */
function textWithoutId({ text, cell }: Part): string {
  if (cell === null) return text;
  const opening = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  return opening.replace(new RegExp(`(?<=\\s)${cell.id}(?=\\s*$)`), "") + text.slice(opening.length);
}

function filled(text: string): string {
  return text.replace(/\s+/g, "");
}
