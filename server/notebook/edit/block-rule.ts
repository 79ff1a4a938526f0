import { isProblem } from "../is-problem.ts";
import { lineEnd, type Place } from "../lines.ts";
import { parseNotebook } from "../parse.ts";
import { type Edited, editable, refusal } from "./target.ts";

/** `key: rule` on one line, in a list or not; the key plain or in quotes. */
const ONE_LINE = /^(\s*(?:- +)*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s'"#][^:]*?)(\s*:)[ \t]+(\S.*?)[ \t]*$/;

/** Writes the rule of a line, which YAML would cut or split as it stands, as a block; only its own line changes. */
export function blockRule(text: string, { line }: Place): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const end = lineEnd(text);
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const written = lines[line - 1] ?? "";
  const ending = /(?:\r\n|\r|\n)?$/.exec(written)?.[0] ?? "";
  const [, before = "", key = "", colon = "", rule = ""] =
    ONE_LINE.exec(written.slice(0, written.length - ending.length)) ?? [];
  // What goes on in the next line, or was written in quotes or braces, is for the writer to settle.
  const next = lines[line] ?? "";
  const goesOn = next.trim() !== "" && indentOf(next) > before.length && !/^\s*(?:`{3,}|~{3,})/.test(next);
  if (rule === "" || goesOn || /^[|>[{&*!]/.test(rule)) {
    const hint = "Write it by hand as a block: `|-` after the colon, and the rule indented on the next line.";
    return refusal("cannot-block", null, `The rule in line ${line} can't be written as a block for certain.`, hint);
  }
  const indent = " ".repeat(before.length + 2);
  const last = ending === "" ? "" : ending;
  lines[line - 1] = `${before}${key}${colon} |-${end}${indent}${rule}${last}`;
  const edited = lines.join("");
  // A block must mend the slip, and make no other.
  const faults = (one: string) => parseNotebook(one).problems.length;
  return faults(edited) <= faults(text)
    ? edited
    : refusal("cannot-block", null, "The block would not be read.", "Write it by hand.");
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
