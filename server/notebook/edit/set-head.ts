import { isProblem } from "../is-problem.ts";
import { lineEnd } from "../lines.ts";
import type { Head } from "../model.ts";
import { cannotSet, setChecked } from "./set-scalar.ts";
import { type Edited, editable, refusal } from "./target.ts";

/** Sets one key of the notebook's head; only its own lines change. */
export function setHead(text: string, key: keyof Head, value: string | number | null): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const head = notebook.blocks[0];
  if (head?.type !== "head") {
    const hint = "Begin the file with the lines `---`, `segbook: 1` and `---`.";
    return refusal("head-missing", null, "The file has no head.", hint);
  }
  const start = /^[^\r\n]*(?:\r\n?|\n)/.exec(head.text)?.[0].length ?? 0;
  const last = head.text.search(/---[ \t]*(?:\r\n?|\n)?$/);
  const end = lineEnd(text);
  const yaml = setChecked(head.text.slice(start, last), {
    path: [key],
    value,
    rules: isExclude,
    end,
  });
  if (yaml === null) return cannotSet(null, [key]);
  return text.slice(0, start) + (/[\r\n]$/.test(yaml) ? yaml : yaml + end) + text.slice(last);
}

function isExclude(path: readonly (string | number)[]): boolean {
  return path.length === 1 && path[0] === "exclude";
}
