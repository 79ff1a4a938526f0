import { insertCell, insertLines, placeAfter } from "../../server/notebook/edit/insert-cell.ts";
import { moveCell } from "../../server/notebook/edit/move-cell.ts";
import { removeCell } from "../../server/notebook/edit/remove-cell.ts";
import { replaceBody } from "../../server/notebook/edit/replace-body.ts";
import { setKind } from "../../server/notebook/edit/set-kind.ts";
import type { Edited } from "../../server/notebook/edit/target.ts";
import { lineEnd } from "../../server/notebook/lines.ts";
import type { Block, Cell, Notebook } from "../../server/notebook/model.ts";

/** A change of the notebook's text by the page, with the words under which it can be taken back. */
export interface Change {
  readonly label: string;
  readonly text: Edited;
  /** The cell at hand afterwards; null where there is none. */
  readonly at: string | null;
}

type TextBlock = Extract<Block, { type: "head" | "prose" | "listing" }>;

/** A cell's body as an editor shows it: lines end with `\n`, and the last has no end of its own. */
export function editorText(cell: Cell): string {
  return cell.body.replace(/\r\n?/g, "\n").replace(/\n$/, "");
}

/** The notebook's text with a cell's body as the editor has it; the same text where nothing differs. */
export function withEditorText(notebook: Notebook, cell: Cell, body: string): Edited {
  if (body === editorText(cell)) return notebook.text;
  return replaceBody(notebook.text, cell.id, body === "" ? "" : `${body}\n`);
}

/** The words of a block without the empty lines around them. */
export function proseText(block: TextBlock): string {
  return block.text.replace(/\r\n?/g, "\n").trim();
}

/** The notebook's text with a block's words replaced; the empty lines around them stay. */
export function withProse(notebook: Notebook, block: TextBlock, words: string): string {
  const before = /^\s*/.exec(block.text)?.[0] ?? "";
  const after = /\s*$/.exec(block.text.slice(before.length))?.[0] ?? "";
  const end = lineEnd(notebook.text);
  const inner = words.trim().replace(/\r\n?|\n/g, end);
  return notebook.text.slice(0, block.start) + before + inner + after + notebook.text.slice(block.end);
}

export function deletion(notebook: Notebook, id: string): Change {
  const ids = notebook.cells.map((cell) => cell.id);
  const place = ids.indexOf(id);
  const at = ids[place + 1] ?? ids[place - 1] ?? null;
  return { label: `Deleted ${id}`, text: removeCell(notebook.text, id), at };
}

export function duplication(notebook: Notebook, id: string): Change {
  const cell = notebook.cells.find((each) => each.id === id);
  const copy = freeId(notebook, id);
  const body = cell?.body ?? "";
  const text = insertCell(notebook.text, { kind: cell?.kind ?? "", id: copy, body, after: id });
  return { label: `Added ${copy}`, text, at: copy };
}

/** Moves a cell past its neighbour; the same text at the end of the notebook. */
export function movement(notebook: Notebook, id: string, direction: "up" | "down"): Change {
  const ids = notebook.cells.map((cell) => cell.id);
  const place = ids.indexOf(id);
  const after = direction === "up" ? (ids[place - 2] ?? null) : (ids[place + 1] ?? ids[place - 1] ?? null);
  return { label: `Moved ${id} ${direction}`, text: moveCell(notebook.text, id, { after }), at: id };
}

export function addition(
  notebook: Notebook,
  { kind, id, body, after }: { kind: string; id: string; body: string; after: string | null },
): Change {
  const free = freeId(notebook, id);
  return { label: `Added ${free}`, text: insertCell(notebook.text, { kind, id: free, body, after }), at: free };
}

/** Adds a paragraph after a cell, or before the first. */
export function proseAddition(notebook: Notebook, words: string, after: string | null): Change {
  const offset = placeAfter(notebook, after);
  const text =
    typeof offset === "number" ? insertLines(notebook.text, offset, `${words}${lineEnd(notebook.text)}`) : offset;
  return { label: "Added text", text, at: after };
}

/** Moves a cell after another, or with null before the first. */
export function placement(notebook: Notebook, id: string, after: string | null): Change {
  return { label: `Moved ${id}`, text: moveCell(notebook.text, id, { after }), at: id };
}

/** Makes a cell another kind; its text stays. */
export function kindChange(notebook: Notebook, id: string, kind: string): Change {
  return { label: `Made ${id} a ${kind} cell`, text: setKind(notebook.text, id, kind), at: id };
}

/** Gives a cell another text. */
export function bodyChange(notebook: Notebook, id: string, body: string): Change {
  return { label: `Gave ${id} a template`, text: replaceBody(notebook.text, id, body), at: id };
}

/** The id itself or, where it is taken, the first of `id_2`, `id_3`, … that is free. */
export function freeId(notebook: Notebook, id: string): string {
  const taken = new Set(notebook.cells.map((cell) => cell.id));
  if (!taken.has(id)) return id;
  const stem = id.replace(/_\d+$/, "").slice(0, 58);
  for (let number = 2; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}
