import { LARGEST } from "../../cluster/points.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import type { People } from "./people.ts";
import type { ClusterBody } from "./schema.ts";

/** The first column with a value that no distance or spread can be made of, and whose it is; null where there is none. */
export async function unfitValue(
  reading: Read<ClusterBody>,
  people: People,
  context: RunContext,
): Promise<Problem | null> {
  for (const [index, { name, values }] of people.columns.entries()) {
    // In a loop: calling a function for each of millions of values, nobody could cancel meanwhile.
    let at = 0;
    while (at < values.length && !(Math.abs(values[at] as number) > LARGEST)) at++;
    if (at === values.length) continue;
    const others = values.reduce((count, value) => count + (Math.abs(value) > LARGEST ? 1 : 0), -1);
    const whose = `for ${await whoIs(at, people, context)}${others > 0 ? ` and ${others.toLocaleString("en")} more` : ""}`;
    const place = reading.at(["columns", index]);
    if (Number.isFinite(values[at])) {
      const message = `\`${name}\` is ${values[at]} ${whose}, too large to be squared.`;
      const hint = "Correct it or give it a larger unit where it is made, or leave the column out.";
      return context.problem({ code: "value-too-large", message, hint, place });
    }
    const message = `\`${name}\` is infinite ${whose}.`;
    return context.problem({
      code: "infinite-value",
      message,
      hint: "Check for a division by zero where it is made.",
      place,
    });
  }
  return null;
}

async function whoIs(place: number, { table }: People, context: RunContext): Promise<string> {
  const { entity } = context.head;
  const [row] = await context.engine.rows({
    sql: `SELECT "key of row"::VARCHAR AS who FROM ${quoted(table)} WHERE rowid = ${place}`,
    signal: context.signal,
  });
  return `${entity} \`${row?.who}\``;
}
