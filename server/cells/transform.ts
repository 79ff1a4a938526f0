import { z } from "zod";
import type { Problem } from "../notebook/model.ts";
import { readYaml } from "./body.ts";
import type { CellKind } from "./kind.ts";
import { isJoin, isVerb, VERBS, verbRelation } from "./transform/names.ts";

const schema = z.strictObject({
  of: z.string(),
  verbs: z
    .array(
      z
        .record(z.string(), z.unknown())
        .refine((verb) => Object.keys(verb).length === 1, "expected one verb an entry, such as `- filter: …`"),
    )
    .min(1, "expected at least one verb"),
});

export type TransformBody = z.infer<typeof schema>;

/** Arquero's verbs, one after another, over a relation that fits in memory. */
export const transform: CellKind<TransformBody> = {
  kind: "transform",
  nameAt: ([key, , verb, place]) =>
    key === "of" || (key === "verbs" && isJoin(String(verb)) && place === 0) ? "relation" : null,

  read: (cell, _, inputs) => readYaml(cell, schema, { inputs }),

  async study(reading, context) {
    const problems: Problem[] = [];
    const of = await context.relation(reading.body.of, reading.at(["of"]));
    if ("code" in of) problems.push(of);
    for (const [index, verb] of reading.body.verbs.entries()) {
      const name = Object.keys(verb)[0] ?? "";
      const place = reading.at(["verbs", index]);
      if (!isVerb(name)) {
        problems.push(
          context.problem({
            code: "unknown-verb",
            message: `\`${name}\` is not a verb of a transform.`,
            hint: `The verbs are ${VERBS.join(", ")}.`,
            place,
          }),
        );
      }
      const other = verbRelation(name, verb[name]);
      const relation = other === null ? null : await context.relation(other, place);
      if (relation !== null && "code" in relation) problems.push(relation);
    }
    return {
      yields: [{ suffix: "", columns: null, part: "" }],
      problems,
      usesTime: false,
      usesSeed: false,
      words: {},
      head: [],
    };
  },

  async run(reading, context) {
    // Few notebooks have transforms, and loading the library takes longer than many a cell.
    const { loadFrame, storeFrame } = await import("./transform/frame.ts");
    const { applyVerb } = await import("./transform/verbs.ts");
    const loaded = await loadFrame(reading.body.of, context);
    if ("code" in loaded) return [loaded];
    let frame = loaded;
    for (const [index, verb] of reading.body.verbs.entries()) {
      const name = Object.keys(verb)[0] ?? "";
      const other = verbRelation(name, verb[name]);
      if (!isVerb(name)) throw new Error(`the study let ${name} pass`);
      const joined = other === null ? null : await loadFrame(other, context);
      if (joined !== null && "code" in joined) return [joined];
      try {
        frame = {
          ...frame,
          table: applyVerb(frame.table, { name, argument: verb[name], other: joined?.table ?? null }),
        };
      } catch (error) {
        const message = `\`${name}\`: ${error instanceof Error ? error.message : String(error)}`;
        return [
          context.problem({
            code: "transform-verb",
            message,
            hint: "Check the columns and the expression of this verb.",
            place: reading.at(["verbs", index]),
          }),
        ];
      }
    }
    await storeFrame(frame, context);
    return [];
  },
};
