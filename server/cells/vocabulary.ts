import type { Vocabulary } from "../language/vocabulary.ts";
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
  return {
    attributes: of.columns ?? [],
    events,
    segments: [...own, ...context.segments()],
    inputs: context.inputs,
    provisional: of.provisional || events.some((event) => event.provisional === true),
  };
}
