import { type Document, isCollection, isMap, isScalar, type ParsedNode } from "yaml";
import type { YamlFault, YamlPath } from "./reading.ts";
import { type RuleSpan, ruleSpans, spanAt } from "./rule-spans.ts";
import { IN_STEP } from "./syntax.ts";

/** Rules that YAML cuts, splits or can't read because they are not written as blocks; each with its block form. */
export function ruleFaults(
  document: Document.Parsed<ParsedNode>,
  text: string,
  rules: (path: YamlPath) => boolean,
): YamlFault[] {
  const spans = ruleSpans(document.contents, text, rules);
  const faults = new Map<RuleSpan, YamlFault>();
  for (const span of spans) {
    const found = cutOrSplit(span, text);
    if (found) faults.set(span, needsBlock(span, text, found));
  }
  for (const error of document.errors) {
    const span = spanAt(spans, error.pos[0]);
    if (span && !faults.has(span) && error.code !== "DUPLICATE_KEY") {
      faults.set(span, needsBlock(span, text, { offset: valueStart(span, text), why: leading(span, text) }));
    }
    if (!IN_STEP.has(error.code)) break;
  }
  return [...faults.values()];
}

interface Cut {
  readonly offset: number;
  readonly why: string;
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
const KEY = "YAML takes `: ` for the end of a key";
const MAP = "YAML takes it for a map or a list";

function leading(span: RuleSpan, text: string): string {
  const first = text[valueStart(span, text)] ?? "";
  if (/["'`%>|@&*!{}[\]]/.test(first)) return `YAML gives a meaning of its own to ${first} at the start of a value`;
  return /: /.test(firstLine(text, valueStart(span, text))) ? KEY : "YAML can't read it as one value";
}

function needsBlock(span: RuleSpan, text: string, cut: Cut): YamlFault {
  return {
    code: "rule-needs-block",
    offset: cut.offset,
    message: `The rule of \`${span.key}\` can't be written like this: ${cut.why}.`,
    hint: `Write it as a block:\n${blockForm(span, text)}`,
  };
}

/** The rule's own lines as a block scalar. */
function blockForm(span: RuleSpan, text: string): string {
  const key = text.slice(span.start, valueStart(span, text)).trim();
  if (span.flow) return `${key} |-\n  the rule, on a line of its own, without { } around the map`;
  const lines = text.slice(valueStart(span, text)).split(/\r\n?|\n/);
  const column = span.start - lineStart(text, span.start);
  const end = lines.findIndex((line, index) => index > 0 && line.trim() !== "" && indentOf(line) <= column);
  const rule = (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trim()).filter((line) => line !== "");
  return `${key} |-\n${rule.map((line) => `  ${line}`).join("\n")}`;
}

/** Whether a bracket or a quote is left open, as in `country IN ('UK'`. */
function isOpen(rule: string): boolean {
  const plain = rule.replace(/'[^']*'|"[^"]*"/g, "");
  return /['"]/.test(plain) || plain.split("(").length !== plain.split(")").length;
}

function valueStart(span: RuleSpan, text: string): number {
  const after = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^:\r\n]|:(?=\S))*:[ \t]*/.exec(text.slice(span.start));
  return span.start + (after?.[0].length ?? 0);
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && (node.source ?? "") === "";
}

function sameLine(text: string, from: number, to: number): boolean {
  return to >= from && !/[\r\n]/.test(text.slice(from, to));
}

function firstLine(text: string, from: number): string {
  return /^[^\r\n]*/.exec(text.slice(from))?.[0] ?? "";
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
