import { z } from "zod";
import type { Problem } from "../notebook/model.ts";
import { didYouMean } from "../notebook/nearest.ts";
import { readYaml } from "./body.ts";
import { shortFields, specFields } from "./chart/fields.ts";
import type { CellKind, Read, StudyContext } from "./kind.ts";

const channel = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .nullable()
  .default(null);

const schema = z
  .strictObject({
    of: z.string(),
    spec: z.record(z.string(), z.unknown()).nullable().default(null),
    mark: z
      .union([z.string(), z.record(z.string(), z.unknown())])
      .nullable()
      .default(null),
    x: channel,
    y: channel,
    color: channel,
    facet: channel,
  })
  .refine((body) => (body.spec === null) !== (body.mark === null), "expected either `spec`, or `mark` with `x` and `y`")
  .refine((body) => body.spec === null || !("data" in body.spec), "a `spec` has no `data`: its rows are those of `of`");

export type ChartBody = z.infer<typeof schema>;

/** A picture of a relation; the page draws it from the relation's rows, so it yields none of its own. */
export const chart: CellKind<ChartBody> = {
  kind: "chart",
  nameAt: (path) => (path.join() === "of" ? "relation" : null),

  read: (cell, _, inputs) => readYaml(cell, schema, { inputs }),

  suffixes: () => [],

  async study(reading, context) {
    const of = await context.relation(reading.body.of, reading.at(["of"]));
    const names = "code" in of ? null : (of.columns?.map((column) => column.name) ?? null);
    const problems = "code" in of ? [of] : names === null ? [] : unknownFields(reading, names, context);
    return { yields: [], problems, usesTime: false, usesSeed: false, words: {}, head: [] };
  },

  async run() {
    return [];
  },
};

function unknownFields(reading: Read<ChartBody>, known: readonly string[], context: StudyContext): Problem[] {
  const { spec, x, y, color, facet, of } = reading.body;
  const fields = spec === null ? shortFields({ x, y, color, facet }) : specFields(spec);
  return fields
    .filter(({ field }) => !known.includes(field))
    .map(({ field, path }) => {
      const message = `\`${of}\` has no column \`${field}\`.`;
      const hint = didYouMean(field, known, `Its columns are ${known.join(", ")}.`);
      return context.problem({ code: "unknown-column", message, hint, place: reading.at(path) });
    });
}
