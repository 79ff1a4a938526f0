import { isMap, type Pair, type ParsedNode } from "yaml";
import { isProblem } from "../is-problem.ts";
import { keyText, nodeAt, pairAt } from "../yaml/find.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { YamlPath } from "../yaml/reading.ts";
import { withBody } from "./replace-body.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** Moves a key with its value before another of the same map, or with null behind the last; only those lines move. */
export function moveKey(text: string, id: string, path: YamlPath, before: string | null): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  const key = String(path.at(-1) ?? "");
  const document = parseYaml(cell.body);
  const parent = nodeAt(document.contents, path.slice(0, -1));
  const pair = pairAt(document.contents, path);
  const cannot = () => refusal("cannot-move", id, `\`${key}\` can't be moved by itself.`, "Edit the text by hand.");
  const isBlock = isMap<ParsedNode, ParsedNode | null>(parent) && parent.flow !== true;
  if (cell.kind === "sql" || document.errors.length > 0 || pair === null || !isBlock) return cannot();
  if (before === key) return text;
  const keys = parent.items.map((item) => keyText(item.key));
  const target = before === null ? parent.items.at(-1) : parent.items[keys.indexOf(before)];
  if (target === undefined) return cannot();
  const own = linesOf(cell.body, pair);
  const there = linesOf(cell.body, target);
  const at = before === null ? there.to : there.from;
  const body = at <= own.from ? spliced(cell.body, own, at) : splicedBehind(cell.body, own, at);
  const rest = keys.filter((each) => each !== key);
  const wanted = before === null ? [...rest, key] : rest.toSpliced(rest.indexOf(before), 0, key);
  const moved = nodeAt(parseYaml(body).contents, path.slice(0, -1));
  const found = isMap<ParsedNode, ParsedNode | null>(moved) ? moved.items.map((item) => keyText(item.key)) : [];
  return JSON.stringify(found) === JSON.stringify(wanted) ? withBody(text, cell, body) : cannot();
}

interface Lines {
  readonly from: number;
  readonly to: number;
}

/** The whole lines of a key with its value. */
function linesOf(source: string, { key, value }: Pair<ParsedNode, ParsedNode | null>): Lines {
  const from = source.lastIndexOf("\n", key.range[0] - 1) + 1;
  const last = Math.max(key.range[1], value?.range[1] ?? 0);
  if (source[last - 1] === "\n") return { from, to: last };
  const end = source.indexOf("\n", last);
  return { from, to: end < 0 ? source.length : end + 1 };
}

function spliced(source: string, { from, to }: Lines, at: number): string {
  return source.slice(0, at) + ended(source.slice(from, to), source) + source.slice(at, from) + source.slice(to);
}

function splicedBehind(source: string, { from, to }: Lines, at: number): string {
  return source.slice(0, from) + ended(source.slice(to, at), source) + source.slice(from, to) + source.slice(at);
}

/** A last line without an end of its own takes one where something comes behind it. */
function ended(lines: string, source: string): string {
  if (lines === "" || lines.endsWith("\n")) return lines;
  return lines + (source.includes("\r\n") ? "\r\n" : "\n");
}
