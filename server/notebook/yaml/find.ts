import { isMap, isScalar, isSeq, type Pair, type ParsedNode } from "yaml";
import type { YamlPath } from "./reading.ts";

/** The node at a path, or null. */
export function nodeAt(root: ParsedNode | null, path: YamlPath): ParsedNode | null {
  let node: ParsedNode | null = root;
  for (const step of path) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) node = pairOf(node.items, step)?.value ?? null;
    else if (isSeq<ParsedNode>(node) && typeof step === "number") node = node.items[step] ?? null;
    else return null;
  }
  return node;
}

/** The key and value at a path whose last step is a key, or null. */
export function pairAt(root: ParsedNode | null, path: YamlPath): Pair<ParsedNode, ParsedNode | null> | null {
  const last = path.at(-1);
  if (last === undefined) return null;
  const parent = nodeAt(root, path.slice(0, -1));
  return isMap<ParsedNode, ParsedNode | null>(parent) ? pairOf(parent.items, last) : null;
}

/** A key as text; null where it is not a scalar. */
export function keyText(key: unknown): string | null {
  return isScalar(key) ? String(key.value ?? "") : null;
}

function pairOf(
  items: readonly Pair<ParsedNode, ParsedNode | null>[],
  step: string | number,
): Pair<ParsedNode, ParsedNode | null> | null {
  return items.find((pair) => keyText(pair.key) === String(step)) ?? null;
}
