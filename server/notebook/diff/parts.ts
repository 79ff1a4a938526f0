import { lineStarts, placeOf } from "../lines.ts";
import type { Block, Cell, Notebook } from "../model.ts";

/** A piece of a notebook that is compared as one. */
export interface Part {
  readonly type: Block["type"];
  /** Without the line end of its last line. */
  readonly text: string;
  /** That line end, and the empty lines that follow. */
  readonly gap: string;
  readonly line: number;
  readonly cell: Cell | null;
}

/** The notebook's head, cells, listings and paragraphs in order; their texts and gaps joined are the file. */
export function partsOf(notebook: Notebook): Part[] {
  const starts = lineStarts(notebook.text);
  const parts: Part[] = [];
  const add = (text: string, start: number, of: Pick<Part, "type" | "cell">): void => {
    const end = textEnd(text);
    const last = parts.at(-1);
    // Empty lines belong to what stands above them, so that a part that comes or goes takes its own along.
    if (end === 0 && last !== undefined) parts[parts.length - 1] = { ...last, gap: last.gap + text };
    else parts.push({ ...of, text: text.slice(0, end), gap: text.slice(end), line: placeOf(starts, start).line });
  };
  for (const block of notebook.blocks) {
    if (block.type === "cell") {
      const { start, end } = block.cell;
      add(notebook.text.slice(start, end), start, { type: "cell", cell: block.cell });
    } else if (block.type === "prose") {
      for (const { text, start } of paragraphs(block.text))
        add(text, block.start + start, { type: "prose", cell: null });
    } else add(block.text, block.start, { type: block.type, cell: null });
  }
  return parts;
}

/** Where the last line that is not empty ends; 0 where all are. */
function textEnd(text: string): number {
  const filled = text.trimEnd().length;
  if (filled === 0) return 0;
  const rest = text.slice(filled).search(/[\r\n]/);
  return rest < 0 ? text.length : filled + rest;
}

/** Stretches of filled lines, each with the empty ones that follow; empty ones at the beginning by themselves. */
function paragraphs(text: string): { text: string; start: number }[] {
  const starts = lineStarts(text).filter((start) => start < text.length);
  const isEmpty = (line: number) => text.slice(starts[line], starts[line + 1] ?? text.length).trim() === "";
  const begins = starts.filter((_, line) => line === 0 || (!isEmpty(line) && isEmpty(line - 1)));
  return begins.map((start, at) => ({ text: text.slice(start, begins[at + 1] ?? text.length), start }));
}
