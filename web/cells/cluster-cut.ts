import { replaceBody } from "../../server/notebook/edit/replace-body.ts";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Edited } from "../../server/notebook/edit/target.ts";
import { parseNotebook } from "../../server/notebook/parse.ts";

/** Cuts a cluster cell at `k`; names of clusters that are then no more go with it. */
export function cutAt(text: string, id: string, k: number): Edited {
  const cut = setScalar(text, id, ["k"], k);
  if (typeof cut !== "string") return cut;
  const cell = parseNotebook(cut).cells.find((each) => each.id === id);
  if (cell === undefined) return cut;
  const body = withoutNames(cell.body, k);
  return body === cell.body ? cut : replaceBody(cut, id, body);
}

/** A body without the lines of `names` that name a cluster beyond `k`; where none is left, without `names`. */
function withoutNames(body: string, k: number): string {
  const lines = body.split(/(?<=\n)/);
  const first = lines.findIndex((line) => /^names:\s*$/.test(line));
  if (first < 0) return body;
  let last = first + 1;
  while (last < lines.length && /^\s+\S|^\s*$/.test(lines[last] ?? "")) last += 1;
  const names = lines.slice(first + 1, last);
  const kept = names.filter((line) => Number(/^\s+["']?(\d+)["']?:/.exec(line)?.[1] ?? 0) <= k);
  const head = kept.some((line) => line.trim() !== "") ? [lines[first] ?? ""] : [];
  return [...lines.slice(0, first), ...head, ...kept, ...lines.slice(last)].join("");
}
