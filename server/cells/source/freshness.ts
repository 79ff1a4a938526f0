import { literal, name as quoted } from "../../language/quote.ts";
import type { Column, InputValue } from "../../language/vocabulary.ts";
import { SourceFault } from "./fault.ts";

/** A length of time as the engine's INTERVAL takes it, such as `2 days`; an input as `$id`. Throws SourceFault. */
export function lengthOfTime(written: string, inputs: readonly InputValue[]): string {
  const input = inputs.find(({ name }) => written === `$${name}`);
  const text = input === undefined ? written : String(input.value);
  const match = /^\s*(\d{1,6})\s*(minute|hour|day|week|month|quarter|year)s?\s*$/i.exec(text);
  if (match !== null) return `${match[1]} ${match[2]?.toLowerCase()}`;
  const message = `\`${text}\` is not a length of time.`;
  const hint = "Write a whole number and a unit, such as `2 days` or `36 hours`.";
  throw new SourceFault({ code: "bad-value", message, hint }, ["fresh_within"]);
}

/** SQL over all rows that is true where the newest time lies longer before the notebook's moment, a wall time, than `length`. */
export function tooOld({ name, type }: Column, moment: string, length: string): string {
  const timed = type === "TIMESTAMP WITH TIME ZONE" ? type : "TIMESTAMP";
  return `CAST(max(${quoted(name)}) AS ${timed}) < CAST(${literal(moment)} AS ${timed}) - INTERVAL ${literal(length)}`;
}
