import type { YamlFault } from "./reading.ts";
import type { RuleSpan } from "./rule-spans.ts";

/** Where and why YAML does not take a rule as it stands. */
export interface Cut {
  readonly offset: number;
  readonly why: string;
}

export const KEY = "YAML takes `: ` for the end of a key";

/** The fault of a rule that has to be written as a block, with the block. */
export function needsBlock(span: RuleSpan, text: string, cut: Cut = unreadable(span, text)): YamlFault {
  return {
    code: "rule-needs-block",
    offset: cut.offset,
    message: `The rule of \`${span.key}\` can't be written like this: ${cut.why}.`,
    hint: `Write it as a block:\n${blockForm(span, text)}`,
  };
}

/** A rule that YAML's parser fell over. */
function unreadable(span: RuleSpan, text: string): Cut {
  return { offset: valueStart(span, text), why: leading(span, text) };
}

function leading(span: RuleSpan, text: string): string {
  const first = text[valueStart(span, text)] ?? "";
  if (/["'`%>|@&*!{}[\]]/.test(first)) return `YAML gives a meaning of its own to ${first} at the start of a value`;
  return /: /.test(firstLine(text, valueStart(span, text))) ? KEY : "YAML can't read it as one value";
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

function valueStart(span: RuleSpan, text: string): number {
  const after = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^:\r\n]|:(?=\S))*:[ \t]*/.exec(text.slice(span.start));
  return span.start + (after?.[0].length ?? 0);
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
