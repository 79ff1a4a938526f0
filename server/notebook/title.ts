import MarkdownIt from "markdown-it";
import type { Notebook } from "./model.ts";

const markdown = new MarkdownIt("commonmark");

/** The head's title, else the text of the first heading, else null. */
export function notebookTitle(notebook: Notebook): string | null {
  if (notebook.head.title !== null) return notebook.head.title;
  for (const block of notebook.blocks) {
    const title = block.type === "prose" ? firstHeading(block.text) : null;
    if (title !== null) return title;
  }
  return null;
}

function firstHeading(prose: string): string | null {
  const tokens = markdown.parse(prose, {});
  const heading = tokens.findIndex((token) => token.type === "heading_open");
  if (heading < 0) return null;
  const words = (tokens[heading + 1]?.children ?? [])
    .filter((token) => token.type === "text" || token.type === "code_inline")
    .map((token) => token.content)
    .join("")
    .trim();
  return words === "" ? null : words;
}
