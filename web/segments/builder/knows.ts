import { field } from "../../../server/figures/segmentation.ts";
import { kindOf, type TypeKind } from "../../../server/language/types.ts";
import type { Clock, Column, EventWord, Vocabulary } from "../../../server/language/vocabulary.ts";
import type { Cell } from "../../../server/notebook/model.ts";
import { Knowledge } from "../../notebook/completing/knowledge.ts";
import type { OfferedColumn, OfferedValues } from "../../state/offered-values.ts";
import type { Session } from "../../state/session.ts";
import { writtenRules } from "../written-rules.ts";

/** What a builder's fields have to know: the names that the rule may use, and where values come from. */
export interface Knows {
  readonly vocabulary: Vocabulary;
  /** The relation of the people. */
  readonly of: string;
  /** The cell that the rule belongs to. */
  readonly cell: string;
  readonly offered: OfferedValues;
  readonly readOnly: boolean;
}

/** The names that a cell's rules may use, its own segments as they are written now. */
export function vocabularyOf(session: Session, cell: Cell): { vocabulary: Vocabulary; of: string } {
  const of = String(field(session.cell(cell.id)?.body, "of") ?? "");
  const known = new Knowledge(session, cell.id).vocabulary(of === "" ? null : of);
  const own = cell.kind === "segments" ? (writtenRules(cell) ?? []).map(({ name }) => ({ cell: cell.id, name })) : [];
  const others = known.segments.filter((segment) => segment.cell !== cell.id || own.length === 0);
  return { vocabulary: { ...known, segments: [...own, ...others] }, of };
}

/** The moment that relative times are told by. */
export function clockOf({ plan, notebook }: Session): Clock {
  const { timezone, week_starts } = notebook.head;
  const asOf = plan === null ? Date.now() : Date.parse(plan.asOf);
  return { asOf: Number.isNaN(asOf) ? Date.now() : asOf, zone: timezone, weekStarts: week_starts };
}

export function eventOf(vocabulary: Vocabulary, step: { words: string; relation: string }): EventWord | null {
  return vocabulary.events.find(({ words, relation }) => words === step.words && relation === step.relation) ?? null;
}

/** The type of a column; `other` where it is not known. */
export function typeIn(columns: readonly Column[], name: string): TypeKind {
  const type = columns.find((column) => column.name === name)?.type;
  return type === undefined ? "other" : kindOf(type);
}

/** Where the values of an event's column are. */
export function offeredBy(event: EventWord, column: string): OfferedColumn {
  return { relation: event.relation, column, where: event.where };
}
