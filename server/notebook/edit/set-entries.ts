import { isMap, isScalar, type Pair, type ParsedNode, type YAMLMap } from "yaml";
import { canonicalBody } from "../canonical.ts";
import { isProblem } from "../is-problem.ts";
import { lineEnd } from "../lines.ts";
import { rulePlaces } from "../rule-places.ts";
import { keyText, nodeAt } from "../yaml/find.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { YamlPath } from "../yaml/reading.ts";
import { renderKey, renderScalar, type ScalarValue } from "../yaml/render.ts";
import { mapValue } from "../yaml/value.ts";
import { removeScalar } from "./remove-scalar.ts";
import { withBody } from "./replace-body.ts";
import { setScalar } from "./set-scalar.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

export interface NamedScalar {
  readonly key: string;
  readonly value: ScalarValue;
  /** The key that it has in the text, whose line it keeps; null where it is new. */
  readonly was: string | null;
}

/**
 * Gives a map of scalars in a cell's body these entries in this order. What stays keeps its line and its comments, a key
 * or value that is another is changed within it, and only the map's own lines change. Without entries the map goes.
 */
export function setEntries(text: string, id: string, path: YamlPath, entries: readonly NamedScalar[]): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  if (entries.length === 0) return removeScalar(text, id, path);
  const node = nodeAt(parseYaml(cell.body).contents, path);
  if (!isMap<ParsedNode, ParsedNode | null>(node) || node.items.length === 0) return added(text, id, path, entries);
  const map = node as YAMLMap.Parsed;
  const end = lineEnd(/[\r\n]/.test(cell.body) ? cell.body : text);
  const body = map.flow === true ? inFlow(cell.body, map, entries) : inLines(cell.body, map, { entries, end });
  if (body !== null && isMeant(cell.body, body, { path, entries, rules: rulePlaces(cell.kind) }))
    return body === cell.body ? text : withBody(text, cell, body);
  const message = `\`${path.join(".")}\` can't be changed without changing other lines.`;
  return refusal("cannot-set", id, message, "Edit the text by hand.");
}

function added(text: string, id: string, path: YamlPath, entries: readonly NamedScalar[]): Edited {
  let edited: Edited = text;
  for (const { key, value } of entries) {
    if (typeof edited !== "string") return edited;
    edited = setScalar(edited, id, [...path, key], value);
  }
  return edited;
}

type Item = Pair<ParsedNode, ParsedNode | null>;

/** Each entry has the lines from the end of the one before it: comments above it go with it. */
function inLines(
  source: string,
  map: YAMLMap.Parsed,
  { entries, end }: { entries: readonly NamedScalar[]; end: string },
): string | null {
  const items = map.items as Item[];
  const first = items[0];
  if (first === undefined) return null;
  const start = source.lastIndexOf("\n", first.key.range[0] - 1) + 1;
  const indent = source.slice(start, first.key.range[0]);
  if (indent.trim() !== "") return null;
  const lines = new Map<string, string>();
  let at = start;
  for (const item of items) {
    const to = endOfLine(source, lastOf(item));
    lines.set(keyText(item.key) ?? "", source.slice(at, to));
    at = to;
  }
  const written = entries.map((entry) => {
    const item = itemOf(items, entry);
    const line = entry.was === null ? undefined : lines.get(entry.was);
    if (item === null || line === undefined)
      return `${indent}${renderKey(entry.key)}: ${renderScalar(entry.value)}${end}`;
    const closed = /\n$/.test(line) ? line : line + end;
    return closed.replace(slice(source, item), () => changed(source, item, entry));
  });
  const whole = source.slice(0, start) + written.join("") + source.slice(at);
  return /\n$/.test(source) ? whole : whole.replace(/\r?\n$/, "");
}

/** Where the line ends that an offset is in; a block value ends with its own last line. */
function endOfLine(source: string, offset: number): number {
  const next = source.indexOf("\n", source[offset - 1] === "\n" ? offset - 1 : offset);
  return next < 0 ? source.length : next + 1;
}

function inFlow(source: string, map: YAMLMap.Parsed, entries: readonly NamedScalar[]): string | null {
  const from = map.range[0];
  const to = map.range[1];
  // A comment inside would have no place of its own any more.
  if (/#/.test(source.slice(from, to))) return null;
  const written = entries.map((entry) => {
    const item = itemOf(map.items as Item[], entry);
    return item === null ? `${renderKey(entry.key)}: ${renderScalar(entry.value)}` : changed(source, item, entry);
  });
  return `${source.slice(0, from)}{${written.join(", ")}}${source.slice(to)}`;
}

function itemOf(items: readonly Item[], { was }: NamedScalar): Item | null {
  return was === null ? null : (items.find((item) => keyText(item.key) === was) ?? null);
}

/** An entry as it is written, with another key or value where they are others. */
function changed(source: string, item: Item, { key, value }: NamedScalar): string {
  const { value: node } = item;
  const between = source.slice(item.key.range[1], node?.range[0] ?? item.key.range[1]);
  const ownKey = keyText(item.key) === key ? source.slice(item.key.range[0], item.key.range[1]) : renderKey(key);
  const isSame = isScalar(node) && node.value === value;
  const ownValue = isSame ? source.slice(node.range[0], node.range[1]) : renderScalar(value);
  return ownKey + between + ownValue;
}

function slice(source: string, item: Item): string {
  return source.slice(item.key.range[0], lastOf(item));
}

function lastOf({ key, value }: Item): number {
  return Math.max(key.range[1], value?.range[1] ?? 0);
}

interface Meant {
  readonly path: YamlPath;
  readonly entries: readonly NamedScalar[];
  readonly rules: (path: YamlPath) => boolean;
}

/** Whether the body says what it did but for the map, and the map what it is to say, in that order. */
function isMeant(before: string, after: string, { path, entries, rules }: Meant): boolean {
  const document = parseYaml(after);
  const map = nodeAt(document.contents, path);
  if (document.errors.length > 0 || !isMap<ParsedNode, ParsedNode | null>(map)) return false;
  if (map.items.map((item) => keyText(item.key)).join("\n") !== entries.map(({ key }) => key).join("\n")) return false;
  const old = mapValue(parseYaml(before).contents, rules).value;
  const made = mapValue(document.contents, rules).value;
  const wanted = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  return old !== null && made !== null && canonicalBody(made) === canonicalBody(replaced(old, path, wanted));
}

function replaced(parent: unknown, path: YamlPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(parent)) return parent.map((item, index) => (index === step ? replaced(item, rest, value) : item));
  const map = Object.assign(Object.create(null), parent ?? {}) as Record<string, unknown>;
  map[String(step)] = replaced(map[String(step)], rest, value);
  return map;
}
