import { isMap, type Pair, type ParsedNode } from "yaml";
import { canonicalBody } from "../canonical.ts";
import { isProblem } from "../is-problem.ts";
import { rulePlaces } from "../rule-places.ts";
import { nodeAt, pairAt } from "../yaml/find.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { YamlPath } from "../yaml/reading.ts";
import { mapValue } from "../yaml/value.ts";
import { withBody } from "./replace-body.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** Takes a key with its value out of a cell's body; only its own lines change. A key that is not there changes nothing. */
export function removeScalar(text: string, id: string, path: YamlPath): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  if (cell.kind === "sql") return refusal("not-yaml", id, `\`${id}\` is SQL and has no keys.`, "Edit its text.");
  const body = withoutKey(cell.body, path, rulePlaces(cell.kind));
  if (body !== null) return body === cell.body ? text : withBody(text, cell, body);
  const message = `\`${path.join(".")}\` can't be taken out without changing other lines.`;
  return refusal("cannot-remove", id, message, "Edit the text by hand.");
}

/** YAML without a key, or null where that can't be done without changing anything else. */
function withoutKey(source: string, path: YamlPath, rules: (path: YamlPath) => boolean): string | null {
  const document = parseYaml(source);
  if (path.length === 0 || document.errors.length > 0) return null;
  const pair = pairAt(document.contents, path);
  if (pair === null) return source;
  const parent = nodeAt(document.contents, path.slice(0, -1));
  if (!isMap<ParsedNode, ParsedNode | null>(parent) || parent.items.length === 1) return null;
  const edited = parent.flow === true ? withoutEntry(source, parent.items, pair) : withoutLines(source, pair);
  const before = mapValue(document.contents, rules).value;
  const after = mapValue(parseYaml(edited).contents, rules).value;
  if (before === null || after === null) return null;
  return canonicalBody(after) === canonicalBody(without(before, path)) ? edited : null;
}

function withoutLines(source: string, { key, value }: Pair<ParsedNode, ParsedNode | null>): string {
  const start = Math.max(source.lastIndexOf("\n", key.range[0]), source.lastIndexOf("\r", key.range[0])) + 1;
  const last = Math.max(key.range[1], value?.range[1] ?? 0);
  const rest = source.slice(last).search(/[\r\n]/);
  // A block value ends with its line, and everything else before its line's end.
  if (/[\r\n]$/.test(source.slice(start, last))) return source.slice(0, start) + source.slice(last);
  const end = rest < 0 ? source.length : last + rest + (source.startsWith("\r\n", last + rest) ? 2 : 1);
  return source.slice(0, start) + source.slice(end);
}

function withoutEntry(
  source: string,
  items: readonly Pair<ParsedNode, ParsedNode | null>[],
  pair: Pair<ParsedNode, ParsedNode | null>,
): string {
  const place = items.indexOf(pair);
  const endOf = (one: Pair<ParsedNode, ParsedNode | null>) => Math.max(one.key.range[1], one.value?.range[1] ?? 0);
  const next = items[place + 1];
  const before = items[place - 1];
  if (next !== undefined) return source.slice(0, pair.key.range[0]) + source.slice(next.key.range[0]);
  return source.slice(0, before === undefined ? pair.key.range[0] : endOf(before)) + source.slice(endOf(pair));
}

function without(parent: unknown, path: YamlPath): unknown {
  const [step, ...rest] = path;
  if (Array.isArray(parent)) return parent.map((item, index) => (index === step ? without(item, rest) : item));
  if (parent === null || typeof parent !== "object" || step === undefined) return parent;
  const entries = Object.entries(parent).flatMap(([key, value]) => {
    if (key !== String(step)) return [[key, value] as const];
    return rest.length === 0 ? [] : [[key, without(value, rest)] as const];
  });
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
