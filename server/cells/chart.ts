import { z } from "zod";
import type { Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";
import { readYaml } from "./body.ts";
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

  read: (cell, _, inputs) => readYaml(cell, schema, { inputs }),
  suffixes: () => [],

  async study(reading, context) {
    const of = await context.relation(reading.body.of, reading.at(["of"]));
    const problems =
      "code" in of
        ? [of]
        : of.columns === null
          ? []
          : unknownFields(
              reading,
              of.columns.map((column) => column.name),
              context,
            );
    return { yields: [], problems, usesTime: false, usesSeed: false, words: {}, head: [] };
  },

  async run() {
    return [];
  },
};

/** In the short form a channel names a column, or an aggregate of one: `segment`, `count()`, `mean(total_spend)`. */
function unknownFields(reading: Read<ChartBody>, known: readonly string[], context: StudyContext): Problem[] {
  const problems: Problem[] = [];
  for (const key of ["x", "y", "color", "facet"] as const) {
    const value = reading.body[key];
    if (typeof value !== "string") continue;
    const field = /^\s*\w+\(\s*(.*?)\s*\)\s*$/.exec(value)?.[1] ?? value.trim();
    if (field === "" || known.includes(field)) continue;
    const near = nearest(field, known);
    const hint =
      near.length > 0
        ? `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}?`
        : `Its columns are ${known.join(", ")}.`;
    problems.push(
      context.problem({
        code: "unknown-column",
        message: `\`${reading.body.of}\` has no column \`${field}\`.`,
        hint,
        place: reading.at([key]),
      }),
    );
  }
  return problems;
}
