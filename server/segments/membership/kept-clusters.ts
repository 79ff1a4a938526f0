import { z } from "zod";

const text = z.string();
const count = z.int().min(0);

/** How a column was made comparable when clusters were found, and what stood for a missing value. */
export const keptColumn = z.strictObject({
  transform: z.enum(["none", "log1p", "sqrt", "rank"]),
  low: z.number(),
  spread: z.number(),
  fill: z.number(),
});

/** A clustering as a refresh keeps it: centres and sds have a value a column, in scaled units. */
export const keptClusters = z.strictObject({
  columns: z.array(keptColumn.extend({ name: text })).readonly(),
  clusters: z
    .array(
      z.strictObject({
        number: z.int().min(1),
        name: text,
        size: count,
        centre: z.array(z.number()).readonly(),
        sd: z.array(z.number()).readonly().nullable(),
      }),
    )
    .readonly(),
});

/** What a cluster cell was recorded from when it was last recorded. */
export const recordedClusters = z.strictObject({
  /** The key that its result would have if it followed no clusters before. */
  made: text,
  kept: keptClusters,
  /** What stood in its key for those that it followed, and they themselves; null where there were none. */
  led: z
    .strictObject({
      key: text.nullable(),
      kept: keptClusters,
      /** The refresh that recorded who was in them; null where the lock kept them. */
      refresh: count.nullable(),
    })
    .nullable(),
});

/** One cluster at a refresh beside the refresh before; null stands for what is not known. */
export const clusterDriftEntry = z.strictObject({
  number: z.int().min(1),
  name: text,
  fate: z.enum(["first", "same", "split", "merged", "vanished", "new"]),
  people: count,
  before: count.nullable(),
  /** How many of those who were in it are still in a cluster, how many of them in another one, and the share of everybody who is. */
  there: count.nullable(),
  changed: count.nullable(),
  everybody: z.number().nullable(),
  column: text.nullable(),
  standardErrors: z.number().nullable(),
  deviations: z.number().nullable(),
  isBeyondNoise: z.boolean(),
  told: text.nullable(),
});

export type RecordedClusters = z.infer<typeof recordedClusters>;
export type ClusterDriftEntry = z.infer<typeof clusterDriftEntry>;
