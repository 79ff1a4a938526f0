import { own } from "../notebook/own.ts";
import { segmentColumn } from "../notebook/segment-column.ts";
import type { CellView, PlanView, SummaryView } from "../run/view.ts";

/** A segment's size as a result says it. */
export interface SegmentSize {
  readonly name: string;
  readonly people: number;
  /** Of all who were looked at, 0 to 1; null where their number is not known. */
  readonly share: number | null;
  /** The rule in plain words; null where it has none. */
  readonly words: string | null;
}

/** How many were looked at: the rows of the relation that the cell's `of` names; null where that is not known. */
export function populationOf(cell: CellView, plan: PlanView): number | null {
  const of = field(cell.body, "of");
  const relations = plan.cells.flatMap((each) => each.relations);
  const named = relations.find((relation) => relation.name === of)?.rows;
  return named ?? (cell.kind === "segments" ? null : cell.rows);
}

/** Sizes of a cell's segments in the order of its definition; those that nobody is in are there with 0. */
export function segmentSizes(cell: CellView, summary: SummaryView, population: number | null): SegmentSize[] {
  const column = summary.columns.find((each) => each.name === segmentColumn(cell.kind));
  const found = new Map((column?.top ?? []).map(({ value, rows }) => [value, rows]));
  const defined = definedNames(cell);
  const others = [...found.keys()].filter((name) => !defined.includes(name));
  return [...defined, ...others].map((name) => {
    const people = found.get(name) ?? 0;
    const share = population === null || population === 0 ? null : people / population;
    return { name, people, share, words: own(cell.words, name) ?? null };
  });
}

/** Names that the cell's body gives to segments, in its order; clusters are ordered by size instead. */
function definedNames(cell: CellView): string[] {
  const rules = field(cell.body, cell.kind === "score" ? "bands" : "segments");
  const names = namesIn(rules);
  const otherwise = field(cell.body, "otherwise");
  return typeof otherwise === "string" && otherwise !== "" ? [...names, otherwise] : names;
}

// A body's map may travel as an object or, where order matters, as a list of named entries.
function namesIn(rules: unknown): string[] {
  if (Array.isArray(rules)) {
    return rules.flatMap((rule: unknown) => {
      const name = field(rule, "name");
      return typeof name === "string" ? [name] : [];
    });
  }
  return typeof rules === "object" && rules !== null ? Object.keys(rules) : [];
}

/** A field of a value of unknown shape; undefined where it has none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
