import type { Span } from "./tree.ts";

/**
 * `text` holds what counts: a word or symbol as written, a quoted token's content, an input's name in lower case.
 * `broken` is a quote without its end.
 */
export interface Token extends Span {
  readonly kind:
    | "word"
    | "number"
    | "moment"
    | "single"
    | "double"
    | "backtick"
    | "input"
    | "symbol"
    | "broken"
    | "end";
  readonly text: string;
}

/** Cuts a rule or an expression into tokens; never fails, the last one is of kind `end`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space) {
      at += space.length;
      continue;
    }
    const token = next(text, at, tokens.at(-1));
    tokens.push(token);
    at = token.to;
  }
  tokens.push({ kind: "end", text: "", from: text.length, to: text.length });
  return tokens;
}

const SPACE = /\s+/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const NUMBER = /\d+(?:\.\d+)?|\.\d+/y;
const MOMENT =
  /\d{4}-\d{2}-\d{2}(?![\d-])(?:(?:T|t| +)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z\b|z\b|[+-]\d{2}(?::?\d{2})?(?!\d)))?)?/y;
const INPUT = /\$([\p{L}_][\p{L}\p{N}_]*)/uy;
const SYMBOL = /!=|<=|>=|<>|==|=>|=<|&&|\|\||[\s\S]/uy;
const QUOTES = { "'": "single", '"': "double", "`": "backtick" } as const;

function next(text: string, at: number, before: Token | undefined): Token {
  const first = text.charAt(at);
  if (first === "'" || first === '"' || first === "`") return quoted(text, at, first);
  const moment = match(MOMENT, text, at);
  if (moment) return { kind: "moment", text: moment, from: at, to: at + moment.length };
  // `personas.2nd`: a dot right behind a name belongs to the name, not to a number.
  const joined = first === "." && before?.to === at;
  const number = joined ? null : match(NUMBER, text, at);
  if (number) return { kind: "number", text: number, from: at, to: at + number.length };
  const word = match(WORD, text, at);
  if (word) return { kind: "word", text: word, from: at, to: at + word.length };
  const input = match(INPUT, text, at);
  if (input) return { kind: "input", text: input.slice(1).toLowerCase(), from: at, to: at + input.length };
  const symbol = match(SYMBOL, text, at) ?? first;
  return { kind: "symbol", text: symbol, from: at, to: at + symbol.length };
}

/** A quote of the same kind inside is doubled. */
function quoted(text: string, from: number, mark: "'" | '"' | "`"): Token {
  let content = "";
  for (let at = from + 1; at < text.length; at += 1) {
    if (text.charAt(at) !== mark) {
      content += text.charAt(at);
      continue;
    }
    if (text.charAt(at + 1) !== mark) return { kind: QUOTES[mark], text: content, from, to: at + 1 };
    content += mark;
    at += 1;
  }
  return { kind: "broken", text: content, from, to: text.length };
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
