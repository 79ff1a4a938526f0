import type { SourceBody } from "../cells/source/schema.ts";
import { eventWordsOf } from "../cells/source.ts";
import { wordsOf } from "../language/words.ts";
import { bodyOf } from "./body-of.ts";
import { finding } from "./finding.ts";
import type { Check } from "./subject.ts";

/** Events of two sources that go by the same words: rules reach the first alone. */
export const eventTwice: Check = ({ plan }) => {
  const first = new Map<string, string>();
  return plan.cells.flatMap((studied) => {
    const body = studied.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
    if (body === null) return [];
    return eventWordsOf(body).flatMap(({ words, where }) => {
      const plain = wordsOf(words).join(" ");
      const before = first.get(plain);
      if (before === undefined) first.set(plain, studied.cell.id);
      if (before === undefined || (before === studied.cell.id && where === null)) return [];
      const message = `\`${words}\` is already an event of \`${before}\`: rules reach only that one.`;
      const path = where === null ? ["event"] : ["events", "names", where.value];
      const hint = "Give it other words.";
      return [finding(studied, studied.reading?.at(path) ?? null, { code: "event-twice", message, hint })];
    });
  });
};
