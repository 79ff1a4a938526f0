import { wordsOf } from "../../language/words.ts";
import type { Problem } from "../../notebook/model.ts";
import { didYouMean } from "../../notebook/nearest.ts";
import { HELD_OUT } from "../control.ts";
import type { Fault, KnownEvent, Read, RunContext, StudyContext } from "../kind.ts";
import type { MonitorBody } from "./schema.ts";

/** What is bought: a word of it in an event's. */
const BUYING = /\b(order(ed)?|purchase[ds]?|bought|paid)\b/;

/**
 * The event that control groups are compared by: the one that `conversion` names, else the first with a column `amount`,
 * else the first that speaks of buying. A fault where there is none.
 */
export async function conversionOf(
  { conversion }: Pick<MonitorBody, "conversion">,
  context: StudyContext | RunContext,
): Promise<KnownEvent | Fault> {
  const words = (await context.events([])).map((event) => event.words);
  const all = await context.events(words);
  // A run may read only what the study asked for.
  const events = "reads" in context ? all.filter(({ relation }) => context.reads.includes(relation)) : all;
  if (conversion !== null) {
    const asked = wordsOf(conversion).join(" ");
    const found = events.find((event) => wordsOf(event.words).join(" ") === asked);
    if (found !== undefined) return found;
    const hint = didYouMean(conversion, words, "Name an event of a source, as rules do.");
    return { code: "unknown-event", message: `\`${conversion}\` is no event of this notebook.`, hint };
  }
  const found =
    events.find(({ columns }) => columns.some(({ name }) => name === "amount")) ??
    events.find((event) => BUYING.test(event.words.toLowerCase()));
  return (
    found ?? {
      code: "control-no-conversion",
      severity: "note",
      message: "The control groups are not compared: no event has an `amount`, and none speaks of buying.",
      hint: "Name the event that counts, as rules do: `conversion: signed up`.",
    }
  );
}

/** What comparing control groups reads that counting does not, and what is wrong with that; nothing where nobody is held out. */
export async function studyConversion(
  reading: Read<MonitorBody>,
  context: StudyContext,
): Promise<{ reads: readonly string[]; problems: readonly Problem[] }> {
  const { body } = reading;
  const segments = body.segments ?? [];
  const held = await Promise.all(segments.map((id) => context.relation(`${id}${HELD_OUT}`, null)));
  if (body.conversion === null && held.every((one) => "code" in one)) return { reads: [], problems: [] };
  const place = reading.at(body.conversion === null ? [] : ["conversion"]);
  const event = await conversionOf(body, context);
  if ("code" in event) return { reads: [], problems: [context.problem({ ...event, place })] };
  const relation = await context.relation(event.relation, place);
  if ("code" in relation) return { reads: [], problems: [relation] };
  const counted = [body.sends, ...segments];
  return { reads: counted.includes(event.relation) ? [] : [event.relation], problems: [] };
}
