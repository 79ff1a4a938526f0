import { CELL_KINDS, type Problem } from "./model.ts";
import { didYouMean } from "./nearest.ts";

/** What an id may be: it is the name of the cell's relation. */
export const ID_PATTERN = /^[a-z][a-z0-9_]{0,62}$/;

/** What a fence's info string makes of it; `offset` counts from the info string's start. */
export type FenceReading =
  | { readonly type: "listing"; readonly fault: FenceFault | null }
  | {
      readonly type: "cell";
      readonly kind: string;
      readonly id: string;
      readonly known: boolean;
      readonly fault: FenceFault | null;
    };

export interface FenceFault extends Pick<Problem, "code" | "severity" | "message" | "hint"> {
  readonly offset: number;
}

const kinds: readonly string[] = CELL_KINDS;

/** Reads an info string: `<kind> <id>` is a cell, all else a listing. */
export function readInfo(info: string): FenceReading {
  const words = [...info.matchAll(/\S+/g)].map((found) => ({
    text: found[0],
    offset: found.index,
  }));
  const [kind, id, extra] = words;
  if (!kind) return { type: "listing", fault: null };
  const known = kinds.includes(kind.text);
  if (!id)
    return {
      type: "listing",
      fault: known && kind.text !== "sql" ? withoutId(kind.text, kind.offset) : null,
    };
  if (extra)
    return {
      type: "listing",
      fault: known && isWord(id.text) ? tooManyWords(kind.text, id.text, extra.offset) : null,
    };
  if (!ID_PATTERN.test(id.text)) {
    return {
      type: "listing",
      fault: known && isWord(id.text) ? badId(id.text, id.offset) : null,
    };
  }
  return {
    type: "cell",
    kind: kind.text,
    id: id.text,
    known,
    fault: known ? null : unknownKind(kind.text, kind.offset),
  };
}

/** What is wrong with an id, or null; for ids that are typed rather than read. */
export function idFault(id: string): Pick<Problem, "code" | "message" | "hint"> | null {
  return ID_PATTERN.test(id) ? null : badId(id, 0);
}

/** Attributes such as `{.numbers}` or `title="x"` belong to listings; a bare word is meant as an id. */
function isWord(text: string): boolean {
  return /^[^\s={}"':]+$/.test(text);
}

function badId(id: string, offset: number): FenceFault {
  const better = id
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9_]+/g, "_")
    .replace(/^[^a-z]+/, "")
    .slice(0, 63);
  return {
    code: "bad-id",
    severity: "error",
    offset,
    message: `\`${id}\` is not an id: an id is at most 63 lower-case letters, digits and underscores, and begins with a letter.`,
    hint: better === "" ? "Give the cell an id such as `orders_by_month`." : `Write \`${better}\` instead.`,
  };
}

function unknownKind(kind: string, offset: number): FenceFault {
  return {
    code: "unknown-kind",
    severity: "warning",
    offset,
    message: `\`${kind}\` is not a kind of cell, so this cell is kept and shown, but never run.`,
    hint: didYouMean(
      kind,
      CELL_KINDS,
      `The kinds are ${CELL_KINDS.join(", ")}; leave the id out to make it a listing.`,
    ),
  };
}

function withoutId(kind: string, offset: number): FenceFault {
  return {
    code: "cell-without-id",
    severity: "note",
    offset,
    message: `This \`${kind}\` block has no id, so it is a listing and not a cell.`,
    hint: `To make it a cell, write an id after the kind: \`${kind} my_${kind}\`.`,
  };
}

function tooManyWords(kind: string, id: string, offset: number): FenceFault {
  return {
    code: "bad-fence",
    severity: "error",
    offset,
    message: "A cell's fence holds its kind and its id and nothing else, but more words follow.",
    hint: `Write \`${kind} ${id}\` and put the rest into the prose above.`,
  };
}
