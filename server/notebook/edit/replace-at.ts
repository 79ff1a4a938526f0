import { isProblem } from "../is-problem.ts";
import { lineStarts, type Place } from "../lines.ts";
import { type Edited, editable, refusal } from "./target.ts";

/** Puts one text in the place of another that stands at a place of the file; all else stays. */
export function replaceAt(text: string, { line, column }: Place, { from, to }: { from: string; to: string }): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const start = lineStarts(text)[line - 1];
  const at = start === undefined ? -1 : start + column - 1;
  if (from === "" || at < 0 || !text.startsWith(from, at)) {
    return refusal("not-there", null, `\`${from}\` does not stand in line ${line}.`, "Look again, then try anew.");
  }
  return text.slice(0, at) + to + text.slice(at + from.length);
}
