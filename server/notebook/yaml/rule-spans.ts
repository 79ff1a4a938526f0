import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { keyText } from "./find.ts";
import type { YamlPath } from "./reading.ts";

/** A place where a rule is expected: from its key to where the next key begins. */
export interface RuleSpan {
  readonly path: YamlPath;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly node: ParsedNode | null;
  /** Whether it stands inside [ ] or { }. */
  readonly flow: boolean;
  /** Whether the entry after it is a bare word, which is what is left of a value that a comma split. */
  readonly beforeBareWord: boolean;
}

/** Every place of a document where a rule is expected, in order. */
export function ruleSpans(root: ParsedNode | null, text: string, rules: (path: YamlPath) => boolean): RuleSpan[] {
  const spans: RuleSpan[] = [];
  const walk = (node: ParsedNode | null, path: YamlPath, end: number): void => {
    if (isSeq<ParsedNode>(node)) {
      node.items.forEach((item, index) => {
        walk(item, [...path, index], node.items[index + 1]?.range[0] ?? end);
      });
      return;
    }
    if (!isMap<ParsedNode, ParsedNode | null>(node)) return;
    node.items.forEach((pair, index) => {
      const key = keyText(pair.key);
      if (key === null) return;
      const next = node.items[index + 1];
      const here = [...path, key];
      const until = next?.key.range[0] ?? end;
      const flow = node.flow === true;
      const bare = flow && next !== undefined && isBareWord(next.value, next.key, text);
      if (!rules(here)) {
        walk(pair.value, here, until);
        return;
      }
      spans.push({
        path: here,
        key,
        start: pair.key.range[0],
        end: until,
        node: pair.value,
        flow,
        beforeBareWord: bare,
      });
    });
  };
  walk(root, [], text.length + 1);
  return spans;
}

/** The rule's place that an offset falls into. */
export function spanAt(spans: readonly RuleSpan[], offset: number): RuleSpan | null {
  return spans.find(({ start, end }) => start <= offset && offset < end) ?? null;
}

function isBareWord(value: ParsedNode | null, key: ParsedNode, text: string): boolean {
  if (value !== null && !(isScalar(value) && value.value === null && (value.source ?? "") === "")) return false;
  return !/^\s*:/.test(text.slice(key.range[1]));
}
