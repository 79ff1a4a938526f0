import { isCollection, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import { nodeAt, pairAt } from "./find.ts";
import { parseYaml } from "./parse.ts";
import type { YamlPath } from "./reading.ts";
import { blockLines, renderKey, renderScalar, type ScalarValue } from "./render.ts";

export interface NewScalar {
  readonly path: YamlPath;
  readonly value: ScalarValue;
  /** Whether it is a rule, which is written as a block. */
  readonly rule: boolean;
  /** Line end of new lines. */
  readonly end: string;
}

/** YAML with one scalar set and every other character as it was; null where the path leads through something else. */
export function setYaml(source: string, scalar: NewScalar): string | null {
  const root = parseYaml(source).contents;
  const pair = pairAt(root, scalar.path);
  const column = pair ? columnOf(source, pair.key.range[0]) : 0;
  if (pair)
    return replaceValue(source, {
      ...scalar,
      node: pair.value,
      keyEnd: pair.key.range[1],
      column,
      flow: inFlow(root, scalar.path),
    });
  const node = nodeAt(root, scalar.path);
  if (!node) return addValue(source, root, scalar);
  return replaceValue(source, {
    ...scalar,
    node,
    keyEnd: null,
    column: columnOf(source, node.range[0]) - 2,
    flow: inFlow(root, scalar.path),
  });
}

interface Target extends NewScalar {
  readonly node: ParsedNode | null;
  /** Where the key ends; null for an entry of a list. */
  readonly keyEnd: number | null;
  readonly column: number;
  readonly flow: boolean;
}

function replaceValue(source: string, target: Target): string {
  const { node, keyEnd, end } = target;
  const colon = keyEnd === null ? (node?.range[0] ?? 0) : source.indexOf(":", keyEnd) + 1;
  const empty = node === null || node.range[0] === node.range[1];
  const whole = isCollection(node) && !node.flow;
  const from = empty || whole ? colon : node.range[0];
  const to = empty ? colon : node.range[1];
  const old = source.slice(from, to);
  const lead = (empty || whole) && keyEnd !== null ? " " : "";
  const tail = /(?:\r\n?|\n)$/.test(old) ? end : "";
  const block = target.rule && !target.flow && typeof target.value === "string" ? oldBlock(node, old, target) : null;
  if (block === null) return source.slice(0, from) + lead + renderScalar(target.value) + tail + source.slice(to);
  // A comment after a plain value goes with the block's first line.
  const comment = tail === "" ? (/^[ \t]+#[^\r\n]*/.exec(source.slice(to))?.[0] ?? "") : "";
  return `${source.slice(0, from)}${lead}${block.header}${comment}${end}${block.lines}${tail}${source.slice(to + comment.length)}`;
}

/** The block that takes an old value's place, with the old block's first line and indentation where there is one. */
function oldBlock(node: ParsedNode | null, old: string, target: Target): { header: string; lines: string } | null {
  const literal = isScalar(node) && node.type === "BLOCK_LITERAL";
  const indent = (literal && /[\r\n]+( +)\S/.exec(old)?.[1]) || " ".repeat(Math.max(target.column, 0) + 2);
  const lines = blockLines(String(target.value), indent, target.end);
  const comment =
    isScalar(node) && node.type?.startsWith("BLOCK") ? (/^\S+([ \t]+#[^\r\n]*)/.exec(old)?.[1] ?? "") : "";
  return lines === null ? null : { header: `|-${comment}`, lines };
}

function addValue(source: string, root: ParsedNode | null, scalar: NewScalar): string | null {
  const { path, end } = scalar;
  let depth = path.length - 1;
  while (depth > 0 && !nodeAt(root, path.slice(0, depth))) depth--;
  const parent = nodeAt(root, path.slice(0, depth));
  const rest = path.slice(depth);
  const flow = inFlow(root, path.slice(0, depth)) || (isCollection(parent) && parent.flow === true);
  if (isCollection(parent) && parent.items.length > 0) {
    const list = isSeq(parent);
    if (list && rest[0] !== parent.items.length) return null;
    const at = endOfItems(source, parent as Filled);
    if (flow) return `${source.slice(0, at)}, ${flowEntry(rest, scalar, list)}${source.slice(at)}`;
    const column = columnOf(source, firstOffset(parent as Filled)) - (list ? 2 : 0);
    return insertLine(source, at, blockEntry(rest, column, scalar), end);
  }
  if (flow && isCollection(parent)) {
    const at = parent.range[0] + 1;
    return source.slice(0, at) + flowEntry(rest, scalar, isSeq(parent)) + source.slice(at);
  }
  if (depth === 0) return insertLine(source, source.length, blockEntry(rest, 0, scalar), end);
  const pair = pairAt(root, path.slice(0, depth));
  if (!pair || !isScalar(parent) || parent.range[0] !== parent.range[1]) return null;
  const colon = source.indexOf(":", pair.key.range[1]) + 1;
  return insertLine(source, colon, blockEntry(rest, columnOf(source, pair.key.range[0]) + 2, scalar), end);
}

type Filled = (YAMLMap.Parsed | YAMLSeq.Parsed) & {
  range: [number, number, number];
};

function firstOffset(parent: Filled): number {
  const first = parent.items[0] as Pair<ParsedNode> | ParsedNode | undefined;
  if (first === undefined) return parent.range[0];
  return "key" in first ? first.key.range[0] : first.range[0];
}

/** Where the last entry of a filled map or list ends. */
function endOfItems(source: string, parent: Filled): number {
  const last = parent.items.at(-1) as Pair<ParsedNode, ParsedNode | null> | ParsedNode | undefined;
  if (last === undefined) return parent.range[1];
  if (!("key" in last)) return last.range[1];
  if (last.value && last.value.range[1] > last.value.range[0]) return last.value.range[1];
  const colon = /^[ \t]*:/.exec(source.slice(last.key.range[1]))?.[0] ?? "";
  return last.key.range[1] + colon.length;
}

/** Puts lines after the line that an offset is in, or before it where the offset begins a line. */
function insertLine(source: string, offset: number, lines: string, end: string): string {
  if (offset === 0 || /[\r\n]$/.test(source.slice(0, offset)))
    return source.slice(0, offset) + lines + end + source.slice(offset);
  const rest = /^[^\r\n]*/.exec(source.slice(offset))?.[0] ?? "";
  const at = offset + rest.length;
  return source.slice(0, at) + end + lines + source.slice(at);
}

function blockEntry(path: YamlPath, column: number, scalar: NewScalar): string {
  const indent = " ".repeat(Math.max(column, 0));
  const [step, ...rest] = path;
  const key = typeof step === "number" ? "-" : `${renderKey(step ?? "")}:`;
  const below = rest.length > 0 ? blockEntry(rest, column + 2, scalar) : null;
  // An entry of a list begins behind its dash.
  if (below !== null)
    return `${indent}${key}${typeof step === "number" ? ` ${below.trimStart()}` : scalar.end + below}`;
  const lines =
    scalar.rule && typeof scalar.value === "string" ? blockLines(scalar.value, `${indent}  `, scalar.end) : null;
  return `${indent}${key} ${lines === null ? renderScalar(scalar.value) : `|-${scalar.end}${lines}`}`;
}

function flowEntry(path: YamlPath, scalar: NewScalar, list: boolean): string {
  const value = path
    .slice(1)
    .reduceRight<string>((inner, step) => `{${renderKey(String(step))}: ${inner}}`, renderScalar(scalar.value));
  return list ? value : `${renderKey(String(path[0] ?? ""))}: ${value}`;
}

function inFlow(root: ParsedNode | null, path: YamlPath): boolean {
  return path.some((_, length) => {
    const node = nodeAt(root, path.slice(0, length));
    return (isMap(node) || isSeq(node)) && node.flow === true;
  });
}

function columnOf(source: string, offset: number): number {
  return offset - (Math.max(source.lastIndexOf("\n", offset - 1), source.lastIndexOf("\r", offset - 1)) + 1);
}
