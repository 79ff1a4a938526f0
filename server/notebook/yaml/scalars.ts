import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import { keyText } from "./find.ts";
import { parseYaml } from "./parse.ts";
import type { YamlPath } from "./reading.ts";

/** A value of a YAML text with the places of its characters there. */
export interface PlacedScalar {
  readonly path: YamlPath;
  /** What it says: without quotes, escapes and indentation. */
  readonly text: string;
  /** True where it stands without quotes on its line. */
  readonly plain: boolean;
  /** Where the text's unit at an offset stands in the YAML; null where that can't be told. */
  at(offset: number): number | null;
}

/** Every value of a YAML text that is no key, in order; null where the text can't be read. */
export function placedScalars(source: string): PlacedScalar[] | null {
  const document = parseYaml(source);
  if (document.errors.length > 0) return null;
  const found: PlacedScalar[] = [];
  const walk = (node: ParsedNode | null, path: YamlPath): void => {
    if (isSeq<ParsedNode>(node)) {
      for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    } else if (isMap<ParsedNode, ParsedNode | null>(node)) {
      for (const pair of node.items) {
        const key = keyText(pair.key);
        if (key !== null) walk(pair.value, [...path, key]);
      }
    } else if (isScalar(node)) found.push(placed(source, node, path));
  };
  walk(document.contents, []);
  return found;
}

function placed(source: string, node: Scalar & { range: [number, number, number] }, path: YamlPath): PlacedScalar {
  const plain = node.type === "PLAIN";
  const text = plain ? (node.source ?? "") : String(node.value ?? "");
  let offsets: number[] | null | undefined;
  const at = (offset: number): number | null => {
    offsets ??= aligned(source, node, text);
    return offsets?.[offset] ?? null;
  };
  return { path, text, plain, at };
}

/**
 * Places of a text's units: YAML folds and indents, but leaves everything that is no blank in its order, so the n-th
 * such unit of the text is the n-th of the source.
 */
function aligned(source: string, node: Scalar & { range: [number, number, number] }, text: string): number[] | null {
  const offsets: number[] = [];
  let at = contentStart(source, node);
  for (let unit = 0; unit < text.length; unit++) {
    if (isBlank(text[unit])) {
      offsets.push(at);
      continue;
    }
    at = afterBlanks(source, at, node.type);
    const length = unitLength(source, at, node.type);
    if (length === 1 && source[at] !== text[unit]) return null;
    offsets.push(at);
    at += length;
  }
  return offsets;
}

function contentStart(source: string, { type, range }: Scalar & { range: [number, number, number] }): number {
  if (type === "QUOTE_SINGLE" || type === "QUOTE_DOUBLE") return range[0] + 1;
  if (type !== "BLOCK_LITERAL" && type !== "BLOCK_FOLDED") return range[0];
  const header = source.slice(range[0]).search(/[\r\n]/);
  return header < 0 ? range[1] : range[0] + header;
}

function afterBlanks(source: string, from: number, type: Scalar["type"]): number {
  let at = from;
  for (;;) {
    if (isBlank(source[at])) at += 1;
    else if (type === "QUOTE_DOUBLE" && /^\\[\sntr0_]/.test(source.slice(at, at + 2))) at += 2;
    else return at;
  }
}

function unitLength(source: string, at: number, type: Scalar["type"]): number {
  if (type === "QUOTE_SINGLE" && source.startsWith("''", at)) return 2;
  if (type !== "QUOTE_DOUBLE" || source[at] !== "\\") return 1;
  return { x: 4, u: 6, U: 10 }[source[at + 1] ?? ""] ?? 2;
}

function isBlank(unit: string | undefined): boolean {
  return unit !== undefined && /\s/.test(unit);
}
