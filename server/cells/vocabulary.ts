import { HISTORY } from "../language/sql-history.ts";
import type { Column, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import type { KnownRelation, LookContext, StudyContext } from "./kind.ts";

export interface Speaking {
  /** The relation whose columns are the attributes. */
  readonly of: KnownRelation;
  /** Segments that the cell itself defines. */
  readonly own: Vocabulary["segments"];
  /** The rules or expressions: only events that they speak of need their columns. */
  readonly texts: readonly string[];
}

/** The names that the rules and expressions of a cell may use. */
export async function vocabularyOf(
  { of, own, texts }: Speaking,
  context: StudyContext | LookContext,
): Promise<Vocabulary> {
  const events = await context.events(texts);
  const history = await historyIn(texts, context);
  return {
    attributes: of.columns ?? [],
    events,
    segments: [...own, ...(await context.segments())],
    inputs: context.inputs,
    history,
    provisional: of.provisional || events.some((event) => event.provisional === true),
  };
}

/** What is recorded, where the texts ask for it and something is. */
async function historyIn(
  texts: readonly string[],
  context: LookContext | StudyContext,
): Promise<Vocabulary["history"]> {
  if (!texts.some((text) => /\b(entered|left)\s+segment\b/i.test(text))) return null;
  const known = await ("stays" in context ? context.stays(null) : context.relation(HISTORY));
  const found = isColumns(known) ? known : "code" in known || known.isUnrecorded === true ? null : known.columns;
  return found === null ? null : { relation: HISTORY, columns: found };
}

function isColumns(known: KnownRelation | Problem | readonly Column[]): known is readonly Column[] {
  return Array.isArray(known);
}
