import { isSeq, type ParsedNode } from "yaml";
import { canonicalBody } from "../canonical.ts";
import { isProblem } from "../is-problem.ts";
import { rulePlaces } from "../rule-places.ts";
import { nodeAt } from "../yaml/find.ts";
import { parseYaml } from "../yaml/parse.ts";
import { mapValue } from "../yaml/value.ts";
import { removeScalar } from "./remove-scalar.ts";
import { withBody } from "./replace-body.ts";
import { setScalar } from "./set-scalar.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** A finding that is meant to be as it is, with why. */
export interface Acceptance {
  readonly code: string;
  /** The segment, the band or the points that it is about; null for the whole cell. */
  readonly segment: string | null;
  /** What else it is about: another segment, an attribute, a condition. */
  readonly about: string | null;
  readonly reason: string;
}

/** Writes an acceptance into a cell, below those that are there. */
export function acceptFinding(text: string, id: string, acceptance: Acceptance): Edited {
  const place = acceptancesIn(text, id);
  if (typeof place !== "number") return place;
  const keys = ["code", "segment", "about", "reason"] as const;
  return keys.reduce<Edited>((edited, key) => {
    const value = acceptance[key];
    return typeof edited !== "string" || value === null ? edited : setScalar(edited, id, ["accept", place, key], value);
  }, text);
}

/** Takes the acceptance of that number out again; the last one takes the key `accept` with it. */
export function withdrawAcceptance(text: string, id: string, index: number): Edited {
  const count = acceptancesIn(text, id);
  if (typeof count !== "number") return count;
  if (count === 1 && index === 0) return removeScalar(text, id, ["accept"]);
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  const body = withoutItem(cell.body, index, rulePlaces(cell.kind));
  if (body !== null) return withBody(text, cell, body);
  const message = `The acceptance can't be taken out of \`${id}\` without changing other lines.`;
  return refusal("cannot-remove", id, message, "Edit the text by hand.");
}

/** How many acceptances a cell has. */
function acceptancesIn(text: string, id: string): number | Exclude<Edited, string> {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  const list = nodeAt(parseYaml(cell.body).contents, ["accept"]);
  return isSeq(list) ? list.items.length : 0;
}

/** The lines of an entry of a list in block style taken out; null where that would change anything else. */
function withoutItem(source: string, index: number, rules: Parameters<typeof mapValue>[1]): string | null {
  const list = nodeAt(parseYaml(source).contents, ["accept"]);
  const item = isSeq<ParsedNode>(list) && list.flow !== true ? list.items[index] : undefined;
  if (item === undefined) return null;
  const start = Math.max(source.lastIndexOf("\n", item.range[0]), source.lastIndexOf("\r", item.range[0])) + 1;
  const last = source.slice(0, item.range[1]).trimEnd().length;
  const rest = /\r\n?|\n/.exec(source.slice(last));
  const edited = source.slice(0, start) + (rest === null ? "" : source.slice(last + rest.index + rest[0].length));
  const before = mapValue(parseYaml(source).contents, rules).value;
  const after = mapValue(parseYaml(edited).contents, rules).value;
  if (before === null || after === null) return null;
  const accept = (before.accept as unknown[]).filter((_, place) => place !== index);
  return canonicalBody(after) === canonicalBody({ ...before, accept }) ? edited : null;
}
