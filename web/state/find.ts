import { type Replacement, withReplacements } from "../../server/notebook/edit/replacements.ts";
import type { Block, Notebook } from "../../server/notebook/model.ts";

/** One place where a text was found in a notebook; offsets into the file. */
export interface Found {
  readonly where: "id" | "body" | "words";
  /** Null in the words between cells and in the head. */
  readonly cell: string | null;
  /** The block that it is in, counted from 0. */
  readonly block: number;
  readonly from: number;
  readonly to: number;
}

export interface Wanted {
  readonly text: string;
  readonly matchCase: boolean;
}

/** Every place of a text in a notebook's words, ids and bodies, folded or not, in the file's order. */
export function findIn(notebook: Notebook, { text, matchCase }: Wanted): Found[] {
  if (text === "") return [];
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), matchCase ? "gu" : "giu");
  return notebook.blocks.flatMap((block, place) =>
    stretchesOf(block, notebook.text).flatMap(({ where, from, to }) =>
      [...notebook.text.slice(from, to).matchAll(pattern)].map((match) => ({
        where,
        cell: block.type === "cell" ? block.cell.id : null,
        block: place,
        from: from + match.index,
        to: from + match.index + match[0].length,
      })),
    ),
  );
}

/** The first place at or behind an offset, else the first of all; -1 where there is none. */
export function nearestFound(found: readonly Found[], offset: number): number {
  const place = found.findIndex(({ from }) => from >= offset);
  return place >= 0 ? place : found.length > 0 ? 0 : -1;
}

/** The notebook's text with what was found replaced; ids stay, for they are renamed where they are read as well. */
export function replaced(notebook: Notebook, found: readonly Found[], by: string): { text: string; places: number } {
  const replacements: Replacement[] = found
    .filter(({ where }) => where !== "id")
    .map(({ from, to }) => ({ from, to, text: by }));
  return { text: withReplacements(notebook.text, replacements), places: replacements.length };
}

/** A place of the file as one in the text of the cell's editor, whose lines end with `\n`. */
export function editorOffset(notebook: Notebook, { block }: Pick<Found, "block">, offset: number): number {
  const found = notebook.blocks[block];
  if (found?.type !== "cell") return 0;
  return notebook.text.slice(found.cell.bodyStart, offset).replace(/\r\n?/g, "\n").length;
}

/** The line that a place is in: its number from 1, and its text before, at and behind it. */
export function lineOf(
  notebook: Notebook,
  { from, to }: Pick<Found, "from" | "to">,
): { number: number; before: string; match: string; after: string } {
  const { text } = notebook;
  const lines = text.slice(0, from).split(/\r\n?|\n/);
  return {
    number: lines.length,
    before: (lines.at(-1) ?? "").trimStart(),
    match: text.slice(from, to),
    after: /^[^\r\n]*/.exec(text.slice(to))?.[0] ?? "",
  };
}

function stretchesOf(block: Block, text: string): { where: Found["where"]; from: number; to: number }[] {
  if (block.type !== "cell") return [{ where: "words", from: block.start, to: block.end }];
  const { cell } = block;
  const end = cell.start + text.slice(cell.start, cell.bodyStart).trimEnd().length;
  return [
    { where: "id", from: end - cell.id.length, to: end },
    { where: "body", from: cell.bodyStart, to: cell.bodyEnd },
  ];
}
