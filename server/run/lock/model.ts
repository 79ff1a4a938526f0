import { z } from "zod";
import { keptColumn } from "../../segments/membership/kept-clusters.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A column whose values are exact: a sum of hashes that does not depend on the order of rows. */
const exactColumn = z.strictObject({ hash: z.string(), type: z.string() });

/**
 * A column of floating-point numbers, whose last bits are not the same everywhere: how many are finite, the least, the
 * greatest, the mean, the mean of magnitudes, and the mean of values weighted by the row that each stands in.
 */
const measuredColumn = z.strictObject({
  max: z.number().nullable(),
  mean: z.number().nullable(),
  min: z.number().nullable(),
  mix: z.number().nullable(),
  size: z.number().nullable(),
  type: z.string(),
  values: z.number(),
});

const relation = z.strictObject({
  columns: z.record(z.string(), z.union([exactColumn, measuredColumn])),
  /** Of the rows, in any order; of floating-point numbers only whether they are there. */
  hash: z.string(),
  rows: z.number(),
});

/** What a cluster cell's clusters are told apart by, so that others can be put to them and later ones go on with their numbers. */
const clusters = z.strictObject({
  /** The cell's key if it followed no clusters before, and what it followed. */
  made: z.string(),
  followed: z.string().nullable(),
  method: z.string(),
  scale: z.string(),
  /** (transform(x) − low) / spread; `fill` stands for a missing value. */
  columns: z.record(z.string(), keptColumn),
  /** Number → in scaled units by column. */
  clusters: z.record(
    z.string().regex(/^[1-9]\d{0,5}$/),
    z.strictObject({
      name: z.string(),
      people: z.int().min(0),
      centre: z.record(z.string(), z.number()),
      sd: z.record(z.string(), z.number()).nullable(),
    }),
  ),
});

const cell = z.strictObject({
  clusters: clusters.optional(),
  key: z.string(),
  kind: z.string(),
  relations: z.record(z.string(), relation),
  /** Hash of the cell's text without its spacing. */
  text: z.string(),
});

const file = z.strictObject({
  bytes: z.number(),
  columns: z.array(z.string()),
  rows: z.number(),
  sha256: z.string(),
});

/** What `<name>.lock.json` holds: what a run was made of, and what it came to. */
export const lockSchema = z.strictObject({
  /** The moment after which nothing counted, ISO 8601 with offset; what was given for it; and what `now` meant, where that was used. */
  as_of: z.strictObject({ given: z.string().nullable(), moment: z.string(), now: z.string().nullable() }),
  cells: z.record(z.string(), cell),
  engine: z.string(),
  head: z.record(z.string(), scalar),
  inputs: z.record(z.string(), scalar),
  lock: z.literal(1),
  segbook: z.string(),
  /** Source → path below the data folder. */
  sources: z.record(z.string(), z.record(z.string(), file)),
  /** Figures of floating-point columns agree where they differ by no more than this share of the column's mean magnitude. */
  tolerance: z.strictObject({ DOUBLE: z.number(), FLOAT: z.number() }),
});

export type Lock = z.infer<typeof lockSchema>;
export type LockedCell = z.infer<typeof cell>;
export type LockedFile = z.infer<typeof file>;
export type LockedRelation = z.infer<typeof relation>;
export type LockedColumn = LockedRelation["columns"][string];
export type MeasuredColumn = z.infer<typeof measuredColumn>;

/** What a cell depends on besides its text and its files. */
export interface Uses {
  /** Relation that it reads → the cell that yields it. */
  readonly reads: Readonly<Record<string, string>>;
  /** Keys of the head. */
  readonly head: readonly string[];
  readonly usesTime: boolean;
}

/** What a run was made of and what it came to, and what each cell uses. */
export interface MadeLock {
  readonly lock: Lock;
  readonly uses: Readonly<Record<string, Uses>>;
}

/** Far above what the last bits of a number come to, and below what one value in 100,000 does that is changed in its fifth digit. */
export const TOLERANCE: Lock["tolerance"] = { DOUBLE: 1e-11, FLOAT: 1e-6 };
