import { parseRule } from "../../language/parse-rule.ts";
import { type Reads, reads } from "../../language/reads.ts";
import type { LookContext } from "../kind.ts";
import { vocabularyOf } from "../vocabulary.ts";
import type { Use } from "./kinds.ts";

/** Rules of a cell by name, and the relation that they are about. */
export interface Rules {
  readonly of: string;
  readonly texts: ReadonlyMap<string, string>;
  /** Names that IN SEGMENT may take of this cell. */
  readonly own: readonly string[];
}

/** What each rule reads; what can't be read reads nothing. */
export async function readsOf({ of, texts, own }: Rules, context: LookContext): Promise<Map<string, Reads>> {
  const columns = await context.relation(of);
  const speaking = {
    of: { columns, provisional: false },
    own: own.map((name) => ({ cell: context.cell.id, name })),
    texts: [...texts.values()],
  };
  const vocabulary = await vocabularyOf(speaking, context);
  return new Map(
    [...texts].flatMap(([name, text]) => {
      const { rule } = parseRule(text, vocabulary);
      return rule === null ? [] : [[name, reads(rule)] as const];
    }),
  );
}

/** The attributes and the segments of other cells that some rules ask for. */
export function usesOf(of: string, all: Iterable<Reads>, cell: string): Use[] {
  const columns = new Set<string>();
  const segments = new Map<string, Set<string>>();
  for (const { attributes, segments: named } of all) {
    for (const attribute of attributes) columns.add(attribute);
    for (const segment of named) {
      if (segment.cell === cell) continue;
      segments.set(segment.cell, (segments.get(segment.cell) ?? new Set()).add(segment.name));
    }
  }
  const others = [...segments].map(([relation, names]) => {
    return { relation, segments: [...names], columns: null, isPeople: false };
  });
  return [{ relation: of, segments: null, columns: [...columns], isPeople: true }, ...others];
}
