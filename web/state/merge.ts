import { lineEnd } from "../../server/notebook/lines.ts";
import { parseNotebook } from "../../server/notebook/parse.ts";
import { mergeLines } from "./merge-lines.ts";

/** A piece of a notebook that is merged as one: its head, a cell, or the words between two cells. */
export interface Merged {
  readonly key: string;
  /** What the reader calls it. */
  readonly name: string;
  /** As both sides had it before; null on a side that has none. */
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** Whose it is: nobody's where nothing changed, both's where both made the same of it, open where somebody must choose. */
  readonly of: "nobody" | "mine" | "theirs" | "both" | "open";
}

export type Choice = "mine" | "theirs" | "together";

/** Three texts of one notebook, piece by piece in the order of the result. */
export interface Merge {
  readonly pieces: readonly Merged[];
  /** Line end of the result. */
  readonly end: string;
}

/** What two sides made of one text: pieces that only one side changed are that side's. */
export function mergeNotebooks(base: string, mine: string, theirs: string): Merge {
  const [b, m, t] = [piecesOf(base), piecesOf(mine), piecesOf(theirs)];
  const pieces = orderOf([...b.keys()], [...m.keys()], [...t.keys()]).map((key): Merged => {
    const sides = { base: b.get(key) ?? null, mine: m.get(key) ?? null, theirs: t.get(key) ?? null };
    return { key, name: nameOf(key), ...sides, of: ownerOf(sides) };
  });
  return { pieces, end: lineEnd(mine) };
}

export function openPieces({ pieces }: Merge): Merged[] {
  return pieces.filter((piece) => piece.of === "open");
}

/** The text of the result; null while a piece is open that nothing was chosen for. */
export function mergedText({ pieces, end }: Merge, choices: ReadonlyMap<string, Choice>): string | null {
  const texts: string[] = [];
  for (const piece of pieces) {
    const choice = piece.of === "open" ? choices.get(piece.key) : piece.of === "theirs" ? "theirs" : "mine";
    if (choice === undefined) return null;
    const text = choice === "together" ? together(piece) : piece[choice];
    if (text !== null && text !== "") texts.push(text);
  }
  // A last line may lack its end where it was the file's last.
  return texts.map((text, at) => (at < texts.length - 1 && !/[\r\n]$/.test(text) ? text + end : text)).join("");
}

/** Both sides' lines in one text; null where they changed the same lines. */
export function together({ base, mine, theirs }: Merged): string | null {
  return base === null || mine === null || theirs === null ? null : mergeLines(base, mine, theirs);
}

function ownerOf({ base, mine, theirs }: Pick<Merged, "base" | "mine" | "theirs">): Merged["of"] {
  if (mine === theirs) return mine === base ? "nobody" : "both";
  if (theirs === base) return "mine";
  return mine === base ? "theirs" : "open";
}

/** A text's pieces by their keys; joined they are the text. */
function piecesOf(text: string): Map<string, string> {
  const pieces = new Map<string, string>();
  let after = "";
  const add = (key: string, part: string) => pieces.set(key, (pieces.get(key) ?? "") + part);
  for (const block of parseNotebook(text).blocks) {
    if (block.type === "head") add("head", block.text);
    else if (block.type === "cell") {
      after = pieces.has(`cell ${block.cell.id}`) ? `${block.cell.id} again` : block.cell.id;
      add(`cell ${after}`, text.slice(block.cell.start, block.cell.end));
    } else add(`text ${after}`, block.text);
  }
  return pieces;
}

function nameOf(key: string): string {
  if (key === "head") return "the settings";
  const [, kind, id = ""] = /^(cell|text) (.*)$/.exec(key) ?? [];
  if (kind === "cell") return id;
  return id === "" ? "the words at the start" : `the words after ${id}`;
}

/** The order of the side that moved pieces, with the other side's new pieces behind what they stood behind. */
function orderOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const [lead, other] = isMoved(base, mine) ? [mine, theirs] : [theirs, mine];
  const order = [...lead];
  other.forEach((key, at) => {
    if (order.includes(key)) return;
    const before = other.slice(0, at).findLast((each) => order.includes(each));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}

function isMoved(base: readonly string[], side: readonly string[]): boolean {
  const common = base.filter((key) => side.includes(key));
  const present = new Set(common);
  return side.filter((key) => present.has(key)).some((key, at) => key !== common[at]);
}
