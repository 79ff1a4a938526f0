import { type Document, isCollection, isMap, isScalar, type ParsedNode } from "yaml";
import type { YamlFault, YamlPath } from "./reading.ts";
import { type Cut, KEY, needsBlock } from "./rule-block.ts";
import { type RuleSpan, ruleSpans } from "./rule-spans.ts";

/** Rules that YAML reads, but cut or split, because they are not written as blocks; none beyond one that a comma split. */
export function ruleFaults(
  document: Document.Parsed<ParsedNode>,
  text: string,
  rules: (path: YamlPath) => boolean,
): { faults: YamlFault[]; believed: number } {
  const faults: YamlFault[] = [];
  for (const span of ruleSpans(document.contents, text, rules)) {
    const cut = cutOrSplit(span, text);
    if (!cut) continue;
    faults.push(needsBlock(span, text, cut));
    // What a comma split off looks like entries of its own.
    if (cut.why === COMMA) return { faults, believed: cut.offset };
  }
  return { faults, believed: text.length };
}

function cutOrSplit({ node, start, flow, beforeBareWord }: RuleSpan, text: string): Cut | null {
  if (node === null || isEmpty(node)) {
    const from = node?.range[0] ?? start;
    const comment = /^[ \t]*#/.exec(text.slice(from).replace(/^[^\r\n]*?:/, ""));
    const offset = text.indexOf("#", from);
    return comment && sameLine(text, start, offset) ? { offset, why: COMMENT } : null;
  }
  if (isCollection(node)) {
    // A list or a map on lines of its own is no slip of YAML; the cell's schema tells what was expected.
    return sameLine(text, start, node.range[0])
      ? { offset: node.range[0], why: isMap(node) && !node.flow ? KEY : MAP }
      : null;
  }
  if (!isScalar(node) || node.type !== "PLAIN") return null;
  const rest = /^[ \t]+#/.exec(text.slice(node.range[1]));
  if (rest) return { offset: node.range[1] + rest[0].length - 1, why: COMMENT };
  return flow && (beforeBareWord || isOpen(String(node.value)))
    ? { offset: text.indexOf(",", node.range[1]), why: COMMA }
    : null;
}

const COMMENT = "YAML takes ` #` for the start of a comment and cuts the rule off there";
const COMMA = "YAML takes the comma for the end of the value and splits the rule there";
const MAP = "YAML takes it for a map or a list";

/** Whether a bracket or a quote is left open, as in `country IN ('UK'`. */
function isOpen(rule: string): boolean {
  const plain = rule.replace(/'[^']*'|"[^"]*"/g, "");
  return /['"]/.test(plain) || plain.split("(").length !== plain.split(")").length;
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && (node.source ?? "") === "";
}

function sameLine(text: string, from: number, to: number): boolean {
  return to >= from && !/[\r\n]/.test(text.slice(from, to));
}
