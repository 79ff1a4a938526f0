import type { Document, ErrorCode, ParsedNode, YAMLError } from "yaml";
import type { YamlFault, YamlPath } from "./reading.ts";
import { refused } from "./refused.ts";
import { needsBlock } from "./rule-block.ts";
import { type RuleSpan, ruleSpans, spanAt } from "./rule-spans.ts";

/** What YAML's parser found wrong; a slip inside a rule is told as a rule that needs a block. */
export function syntaxFaults(
  document: Document.Parsed<ParsedNode>,
  text: string,
  rules: (path: YamlPath) => boolean,
): YamlFault[] {
  const spans = ruleSpans(document.contents, text, rules);
  const faults = new Map<RuleSpan | YAMLError, YamlFault>();
  for (const error of [...document.errors, ...document.warnings]) {
    const span = error.code === "DUPLICATE_KEY" ? null : spanAt(spans, error.pos[0]);
    if (!span) faults.set(error, describe(error, text));
    else if (!faults.has(span)) faults.set(span, needsBlock(span, text));
    if (!IN_STEP.has(error.code)) break;
  }
  return [...faults.values()];
}

/** Slips that leave the parser in step, so that what it says afterwards can be believed. */
export const IN_STEP: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "DUPLICATE_KEY",
  "BAD_SCALAR_START",
  "BAD_DQ_ESCAPE",
  "NON_STRING_KEY",
  "TAG_RESOLVE_FAILED",
]);

function describe(error: YAMLError, text: string): YamlFault {
  const offset = Math.min(error.pos[0], text.length);
  if (error.code === "BLOCK_AS_IMPLICIT_KEY") {
    const next = keyInNextLine(text, offset);
    if (next) return next;
  }
  const known = SENTENCES[error.message.startsWith("Missing closing") ? "MISSING_QUOTE" : error.code];
  const near =
    text
      .slice(offset)
      .split(/[\r\n]/)[0]
      ?.trim()
      .slice(0, 40) ?? "";
  const found = near === "" ? "the end of the line" : `\`${near}\``;
  if (error.code === "TAG_RESOLVE_FAILED") return refused("tag", text, offset);
  if (error.code === "DUPLICATE_KEY") {
    const key = near.split(":")[0] ?? near;
    return {
      code: "duplicate-key",
      offset,
      message: `The key \`${key}\` is here twice in the same map.`,
      hint: "Rename one of them or take it out.",
    };
  }
  return {
    code: "yaml-syntax",
    offset,
    message: known ? `${known[0]} Found ${found}.` : `YAML can't be read here: ${error.message}. Found ${found}.`,
    hint: known?.[1] ?? "Write `key: value`, one a line, and quote values that hold special characters.",
  };
}

const QUOTE =
  "Put the value in quotes, or write it as a block: `|-` after the colon and the value indented on the next line.";

/** A key that is indented too far becomes part of the value above it; the slip is in its own line. */
function keyInNextLine(text: string, offset: number): YamlFault | null {
  const rest = text.slice(offset);
  const line = /^[^\r\n]*/.exec(rest)?.[0] ?? "";
  const next = /^\s*([^\r\n]*:(?:\s|$))/.exec(rest.slice(line.length));
  if (/:\s/.test(line) || !next?.[1]) return null;
  return {
    code: "yaml-syntax",
    offset: offset + line.length + next[0].length - next[1].length,
    message: `A key was expected in the column of the keys above it, but \`${next[1].trim()}\` is indented further, as a part of the value above.`,
    hint: "Begin it in the same column as the key above it.",
  };
}

const SENTENCES: Partial<Record<ErrorCode | "MISSING_QUOTE", readonly [message: string, hint: string]>> = {
  BAD_DQ_ESCAPE: [
    "In double quotes a backslash begins an escape, and this one does not exist.",
    "Use single quotes, where a backslash is a plain character.",
  ],
  BAD_INDENT: [
    "Another indentation or a closing bracket was expected here.",
    "Keys of one map begin in the same column, and what was opened with [ or { is closed with ] or }.",
  ],
  BAD_SCALAR_START: ["A value was expected, but it begins with a character that YAML keeps for itself.", QUOTE],
  BLOCK_AS_IMPLICIT_KEY: ["One value was expected here, but it holds `: ` or goes on in a line that does.", QUOTE],
  BLOCK_IN_FLOW: [
    "Inside [ ] or { } everything must be written in that style.",
    "Write it without the brackets, one entry a line.",
  ],
  KEY_OVER_1024_CHARS: [
    "A key was expected, but this is longer than 1,024 characters.",
    "Look for a missing line end or quote.",
  ],
  MISSING_CHAR: [
    "A colon, a comma, a bracket or a closing quote was expected here.",
    "Write `key: value`, and close what was opened.",
  ],
  MISSING_QUOTE: ["A closing quote was expected here.", "Close the quote, or leave the opening one out."],
  MULTILINE_IMPLICIT_KEY: [
    "A key was expected on one line, followed by a colon.",
    "Look for a missing colon in the line above, or indent the line to make it part of the value.",
  ],
  MULTIPLE_DOCS: ["One document was expected, but `---` begins a second.", "Take the line out."],
  NON_STRING_KEY: [
    "A name was expected as the key, but this is a list or a map.",
    "Write a name, quoted where it has special characters.",
  ],
  RESOURCE_EXHAUSTION: ["This is nested too deep to be read.", "Look for brackets that are not closed."],
  TAB_AS_INDENT: ["Spaces were expected, but the line is indented with a tab.", "Replace the tab with two spaces."],
  UNEXPECTED_TOKEN: [
    "A key or a value was expected here.",
    "Quote values that begin with > | ' \" [ ] { } or hold such characters.",
  ],
};
