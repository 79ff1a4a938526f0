import {
  type Cursor,
  fail,
  hope,
  isSymbol,
  peek,
  phraseAt,
  report,
  shown,
  since,
  skipPhrase,
  take,
  tokenAt,
} from "./cursor.ts";
import { findIn, isQuoted } from "./find-name.ts";
import { suggest } from "./nearest.ts";
import { readUnknown } from "./parse-step.ts";
import { readWindow, startsWindow } from "./parse-window.ts";
import type { SegmentCondition, SegmentName } from "./tree.ts";

/** IN SEGMENT, ENTERED SEGMENT or LEFT SEGMENT. */
export function readSegmentCondition(c: Cursor): SegmentCondition | null {
  const { from } = peek(c);
  const kind = (["in segment", "entered", "left"] as const).find((each) => phraseAt(c, c.at, each) > 0) ?? "in segment";
  skipPhrase(c, kind);
  skipPhrase(c, "segment");
  hope(c, { slot: "segment" });
  const segment = readSegmentName(c);
  if (!segment) return null;
  if (kind === "in segment") return { kind, segment, ...since(c, from) };
  hope(c, { slot: "window" });
  if (!startsWindow(c, c.at)) {
    return fail(c, peek(c), {
      code: "expected-window",
      message: `A window was expected behind ${kind.toUpperCase()} SEGMENT, not ${shown(c, peek(c))}.`,
      hint: `Write \`${kind} segment ${segment.name} in last 30 days\`.`,
    });
  }
  const window = readWindow(c);
  return window && { kind, segment, window, ...since(c, from) };
}

export function startsSegment(c: Cursor, index: number): boolean {
  return ["in segment", "entered segment", "left segment"].some((phrase) => phraseAt(c, index, phrase) > 0);
}

function readSegmentName(c: Cursor): SegmentName | null {
  const first = peek(c);
  const { segments } = c.vocabulary;
  const cell =
    isSymbol(peek(c, 1), ".") && (first.kind === "word" || isQuoted(first)) ? first.text.toLowerCase() : null;
  if (cell !== null && segments.some((segment) => segment.cell === cell)) {
    take(c);
    take(c);
  }
  const qualified = c.at > 0 && isSymbol(tokenAt(c, c.at - 1), ".");
  const candidates = qualified ? segments.filter((segment) => segment.cell === cell) : segments;
  const names = [...new Set(candidates.map((segment) => segment.name))];
  const found = findIn(c, c.at, names, (name) => name);
  if (!found) return readUnknownSegment(c, first.from, qualified ? cell : null);
  c.at += found.length;
  const span = since(c, first.from);
  const cells = candidates.filter((segment) => segment.name === found.item).map((segment) => segment.cell);
  if (new Set(cells).size > 1) {
    report(c, span, {
      code: "ambiguous-segment",
      message: `Several cells have a segment \`${found.item}\`: ${cells.join(", ")}.`,
      hint: `Write the cell before it: \`${cells[0]}.${found.item}\`.`,
    });
  }
  return { cell: cells[0] ?? "", name: found.item, qualified, ...span };
}

function readUnknownSegment(c: Cursor, from: number, cell: string | null): SegmentName | null {
  const name = readUnknown(c, "A segment's name");
  if (!name) return null;
  const { segments } = c.vocabulary;
  const known = segments.filter((segment) => cell === null || segment.cell === cell).map((segment) => segment.name);
  const all = cell === null ? [...known, ...segments.map((segment) => `${segment.cell}.${segment.name}`)] : known;
  // `cell.name` where no cell of that name has segments.
  const dotted = isSymbol(peek(c), ".");
  if (dotted) {
    take(c);
    readUnknown(c, "A segment's name");
  }
  const span = since(c, from);
  const written = c.text.slice(span.from, span.to);
  report(c, span, {
    code: "unknown-segment",
    message: `There is no segment \`${written}\`${cell === null ? "" : ` in \`${cell}\``}.`,
    hint: suggest(dotted ? written : name.written, all, "segments"),
  });
  return { cell: cell ?? "", name: name.written, qualified: cell !== null, ...span };
}
