import MarkdownIt from "markdown-it";
import { lineStarts } from "./lines.ts";

/** A fenced code block at the left margin (up to three spaces); offsets into the whole text. */
export interface Fence {
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly line: number;
  /** Backticks or tildes, as many as open it. */
  readonly marker: string;
  readonly indent: string;
  readonly info: string;
  readonly infoStart: number;
  readonly closed: boolean;
}

/** A fence that Markdown sees inside a list, a quotation or HTML: never a cell. */
export interface InnerFence {
  readonly start: number;
  readonly info: string;
  readonly within: "list" | "html";
}

// Only blocks matter here; inline text is left to whoever shows it.
const markdown = new MarkdownIt("commonmark");
markdown.core.ruler.enableOnly(["normalize", "block"]);

/** The fences of the Markdown that begins at an offset, as CommonMark reads them. */
export function splitFences(text: string, from: number): { fences: Fence[]; inner: InnerFence[] } {
  const source = text.slice(from);
  const starts = lineStarts(source).map((start) => start + from);
  const firstLine = lineStarts(text.slice(0, from)).length;
  const startOf = (line: number): number => starts[line] ?? text.length;
  const fences: Fence[] = [];
  const inner: InnerFence[] = [];
  for (const token of markdown.parse(source, {})) {
    const [first, next] = token.map ?? [0, 0];
    if (token.type === "html_block")
      inner.push(...fencesInHtml(text.slice(startOf(first), startOf(next)), startOf(first)));
    if (token.type !== "fence") continue;
    const opening = text.slice(startOf(first), startOf(first + 1)).replace(/[\r\n]+$/, "");
    if (token.level > 0) {
      inner.push({
        start: startOf(first),
        info: token.info.trim(),
        within: "list",
      });
      continue;
    }
    const indent = /^ */.exec(opening)?.[0] ?? "";
    const closed = next - 1 > first && closes(text.slice(startOf(next - 1), startOf(next)), token.markup);
    const infoStart = startOf(first) + indent.length + token.markup.length;
    fences.push({
      start: startOf(first),
      end: startOf(next),
      bodyStart: startOf(first + 1),
      bodyEnd: closed ? startOf(next - 1) : startOf(next),
      line: firstLine + first,
      marker: token.markup,
      indent,
      info: opening.slice(indent.length + token.markup.length),
      infoStart,
      closed,
    });
  }
  return { fences, inner };
}

/** Whether a line closes a fence that was opened by the marker. */
export function closes(line: string, marker: string): boolean {
  const found = /^ {0,3}(`+|~+)[ \t]*[\r\n]*$/.exec(line)?.[1];
  return found !== undefined && found[0] === marker[0] && found.length >= marker.length;
}

function fencesInHtml(html: string, start: number): InnerFence[] {
  // What is inside a comment was taken out on purpose.
  if (html.trimStart().startsWith("<!--")) return [];
  return [...html.matchAll(/^ {0,3}(?:`{3,}|~{3,})[ \t]*([^\r\n`]*)$/gm)].map((found) => ({
    start: start + found.index,
    info: (found[1] ?? "").trim(),
    within: "html",
  }));
}
