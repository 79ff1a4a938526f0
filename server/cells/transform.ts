import { z } from "zod";
import { name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import { worksAt } from "../offload/works.ts";
import { readYaml } from "./body.ts";
import type { CellKind } from "./kind.ts";
import { loadColumns } from "./transform/load.ts";
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

const works = worksAt<typeof import("./transform/work.ts")>(import.meta.url, "./transform/work.ts");

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
    const of = await loadColumns(reading.body.of, context);
    if ("code" in of) return [of];
    const verbs = [];
    for (const verb of reading.body.verbs) {
      const [name = "", argument = null] = Object.entries(verb)[0] ?? [];
      if (!isVerb(name)) throw new Error(`the study let ${name} pass`);
      const relation = verbRelation(name, argument);
      const other = relation === null ? null : await loadColumns(relation, context);
      if (other !== null && "code" in other) return [other];
      verbs.push({ name, argument, other });
    }
    const applied = await context.offload(works, "apply", { of, verbs });
    if (!applied.ok) {
      const message = `\`${verbs[applied.verb]?.name}\`: ${applied.message}`;
      const hint = "Check the columns and the expression of this verb.";
      const place = reading.at(["verbs", applied.verb]);
      return [context.problem({ code: "transform-verb", message, hint, place })];
    }
    const scratch = context.scratch("frame");
    await context.engine.load(scratch, applied.columns, { signal: context.signal });
    const casts = applied.wanted.map(({ name, type }) => `${quoted(name)}::${type} AS ${quoted(name)}`);
    await context.write("", `SELECT ${casts.join(", ")} FROM ${quoted(scratch)}`);
    return [];
  },
};
