import { z } from "zod";
import { acceptSchema } from "../accept.ts";
import { MOST_COMPARED } from "./most-compared.ts";

const k = z.union([
  z.number().int("expected a whole number").min(1, "expected at least one cluster"),
  z.strictObject({
    auto: z
      .tuple([z.number().int().min(2, "expected at least 2"), z.number().int()])
      .refine(([from, to]) => from <= to, "expected the smaller number first")
      .refine(
        ([from, to]) => to - from < MOST_COMPARED,
        `expected at most ${MOST_COMPARED} numbers to choose from, each of which is clustered and judged, such as [2, ${MOST_COMPARED + 1}]`,
      ),
  }),
]);

/** What a cluster cell may say. Missing values stop it unless it says what to do with them: nothing is filled in silence. */
export const clusterSchema = z
  .strictObject({
    of: z.string(),
    columns: z.array(z.string()).min(1, "expected at least one column"),
    transform: z.record(z.string(), z.enum(["log1p", "sqrt", "rank", "none"])).default({}),
    scale: z.enum(["robust", "zscore", "minmax", "none"]).default("robust"),
    method: z.enum(["ward", "average", "complete", "single", "kmeans"]).default("ward"),
    /** Whether Ward clusters every row itself where there are so many that small groups of them stand for them otherwise. */
    exact: z.boolean().default(false),
    k: k.default({ auto: [3, 5] }),
    /** `nearest`: people are put to the nearest of the lock's centres; `anew`: they are clustered, and numbers follow those before. */
    assign: z.enum(["anew", "nearest"]).default("anew"),
    seed: z.number().int().nullable().default(null),
    missing: z.enum(["median", "drop", "stop"]).default("stop"),
    names: z.record(z.string(), z.string()).default({}),
    accept: acceptSchema,
  })
  .refine(({ method, exact }) => method === "ward" || !exact, {
    path: ["exact"],
    message:
      "expected method: ward, the only one that small groups of rows can stand for; the others take every row itself",
  });

export type ClusterBody = z.infer<typeof clusterSchema>;
