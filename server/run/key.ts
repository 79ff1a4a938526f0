import { createHash } from "node:crypto";
import { z } from "zod";

export type Scalar = string | number | boolean | null;

/** Everything that a result depends on. Kept with it, so that a stale mark can say which parts differ. */
export interface KeyParts {
  readonly kind: string;
  readonly part: string;
  readonly body: string;
  readonly inputs: Readonly<Record<string, Scalar>>;
  /** Their types: the text `2026-10-01` and the day are not the same. */
  readonly types: Readonly<Record<string, string>>;
  /** Relation that is read → key of the result that holds it. */
  readonly reads: Readonly<Record<string, string>>;
  /** Path below the data folder → SHA-256. */
  readonly files: Readonly<Record<string, string>>;
  /** Only where the cell uses time: milliseconds since 1970. */
  readonly asOf: number | null;
  readonly seed: number | null;
  /** The head's keys that the cell depends on. */
  readonly head: Readonly<Record<string, Scalar>>;
  /** What stands for the clusters of before that its numbers follow, or for what is recorded of them; null where none are. */
  readonly clusters: string | null;
  /** Where evidence starts anew; null where it does so nowhere. */
  readonly rebaselines: string | null;
  readonly zone: string;
  readonly engine: string;
  /** Segbook's version. */
  readonly segbook: string;
  readonly generation: number;
}

const text = z.string();
const scalar = z.union([text, z.number(), z.boolean(), z.null()]);

/** Parts as they come back from the disk; those that an earlier time did not keep are empty. */
export const keyPartsSchema = z.object({
  ...{ kind: text, part: text, body: text, zone: text, engine: text, segbook: text },
  inputs: z.record(text, scalar),
  types: z.record(text, text).default({}),
  reads: z.record(text, text),
  files: z.record(text, text),
  asOf: z.number().nullable(),
  seed: z.number().nullable(),
  head: z.record(text, scalar),
  clusters: text.nullable().default(null),
  rebaselines: text.nullable().default(null),
  generation: z.number(),
}) satisfies z.ZodType<KeyParts>;

/** Raised by hand whenever the same parts would give another result than before, within one version. */
export const GENERATION = 25;

export function keyOf(parts: KeyParts): string {
  const sorted = JSON.stringify(parts, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(sorted).digest("hex").slice(0, 32);
}
