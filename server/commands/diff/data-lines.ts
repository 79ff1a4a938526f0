import type {
  CellComparison,
  CompareView,
  RelationComparison,
  SegmentMoves,
  SegmentsComparison,
} from "../../run/compare/view.ts";
import { type Colours, paint, plainText } from "./paint.ts";

const MOST_MOVES = 12;

/** What a change does to the results, for people; everything is in the JSON. */
export function* dataLines(view: CompareView, colours: Colours): Iterable<string> {
  const { before, after } = view.asOf;
  yield "";
  const asOf = before === after ? `as of ${after}` : `as of ${before}, then of ${after}`;
  yield `${paint("Results", "name", colours)}, ${asOf}`;
  const same = view.cells.filter(({ state }) => state === "same").map(({ after: id }) => id);
  for (const cell of view.cells.filter(({ state }) => state !== "same")) {
    yield "";
    yield `${paint(`${cell.kind} ${cell.after ?? cell.before}`, "name", colours)}: ${stateWords(cell)}`;
    for (const relation of cell.relations) yield* relationLines(relation);
  }
  if (same.length > 0) yield "";
  if (same.length > 0) yield `The same as before: ${same.join(", ")}`;
}

function stateWords({ state, before, after, why }: CellComparison): string {
  const renamed = before !== null && after !== null && before !== after ? `, renamed from ${before}` : "";
  return state === "unknown" ? `not known${renamed}. ${why ?? ""}`.trim() : `${state}${renamed}`;
}

function* relationLines(relation: RelationComparison): Iterable<string> {
  const { before, after, columns, rows, segments } = relation;
  const name = (after ?? before)?.name ?? "";
  const change = rows === null ? "" : rowWords(rows);
  yield `  ${name}: ${before === null ? "—" : count(before.rows)} → ${after === null ? "—" : count(after.rows)} rows${change}`;
  for (const column of columns.added) yield `    new column ${plainText(column.name)} (${column.type})`;
  for (const column of columns.removed) yield `    column ${plainText(column.name)} (${column.type}) is gone`;
  for (const one of columns.retyped) yield `    column ${plainText(one.name)} was ${one.before}, is ${one.after}`;
  if (rows !== null && rows.by !== null)
    for (const column of rows.columns) yield `    ${plainText(column.name)} differs in ${count(column.changed)}`;
  if (segments !== null) yield* segmentLines(segments);
}

function rowWords(rows: NonNullable<RelationComparison["rows"]>): string {
  const [gone, come] = [`${count(rows.gone)} gone`, `${count(rows.come)} new`];
  return rows.by === null ? `; ${gone}, ${come}` : `; by ${rows.by}: ${gone}, ${come}, ${count(rows.changed)} changed`;
}

function* segmentLines({ column, people, sizes, moves, movesLeftOff }: SegmentsComparison): Iterable<string> {
  const widest = Math.max(column.length, ...sizes.map(({ segment }) => plainText(segment).length));
  yield `    ${column.padEnd(widest)}  ${"before".padStart(10)}  ${"after".padStart(12)}    entered     left`;
  for (const { segment, before, after, entered, left } of sizes) {
    const arrow = after > before ? "↑" : after < before ? "↓" : " ";
    const figures = `${count(before).padStart(10)} → ${arrow} ${count(after).padStart(9)}`;
    yield `    ${plainText(segment).padEnd(widest)}  ${figures}  ${count(entered).padStart(9)}  ${count(left).padStart(7)}`;
  }
  yield `    ${count(people.moved)} of ${count(Math.max(people.before, people.after))} moved`;
  for (const move of moves.slice(0, MOST_MOVES)) yield `      ${moveText(move)}`;
  const more = moves.length - MOST_MOVES + movesLeftOff;
  if (more > 0)
    yield `      and ${count(more)} more kinds of moves; --json has ${movesLeftOff > 0 ? "more of them" : "them all"}`;
}

function moveText({ from, to, people, keys }: SegmentMoves): string {
  const name = (segment: string | null) => (segment === null ? "no segment" : plainText(segment));
  const more = people > keys.length ? ", …" : "";
  return `${name(from)} → ${name(to)}: ${count(people)} (${keys.map((key) => plainText(String(key))).join(", ")}${more})`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
