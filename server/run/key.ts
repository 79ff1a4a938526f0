import { createHash } from "node:crypto";

/** Everything that a result depends on. Kept with it, so that a stale mark can say which part differs. */
export interface KeyParts {
  readonly kind: string;
  readonly part: string;
  readonly body: string;
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
  /** Relation that is read → key of the result that holds it. */
  readonly reads: Readonly<Record<string, string>>;
  /** Path below the data folder → SHA-256. */
  readonly files: Readonly<Record<string, string>>;
  /** Only where the cell uses time: milliseconds since 1970. */
  readonly asOf: number | null;
  readonly seed: number | null;
  readonly entity: string;
  readonly zone: string;
  readonly weekStarts: string;
  readonly exclude: string | null;
  readonly engine: string;
}

/** Raised whenever the same parts would give another result than before. */
const GENERATION = 1;

export function keyOf(parts: KeyParts): string {
  const sorted = JSON.stringify(parts, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(`${GENERATION}\n${sorted}`).digest("hex").slice(0, 32);
}

/** Why today's parts are not those of the last result, in a sentence; null where nothing differs. */
export function staleReason(before: KeyParts, now: KeyParts): string | null {
  const file = changedEntry(before.files, now.files);
  if (file !== null) return `\`${file.name}\` is ${file.how}.`;
  for (const [id, value] of Object.entries(now.inputs)) {
    if (before.inputs[id] !== value) return `input \`${id}\` was ${String(before.inputs[id] ?? "not there")}.`;
  }
  if (before.kind !== now.kind || before.body !== now.body) return "its text changed.";
  const read = changedEntry(before.reads, now.reads);
  if (read !== null) return `\`${read.name}\` ${read.how === "changed" ? "changed" : `is ${read.how}`}.`;
  if (before.asOf !== now.asOf && before.asOf !== null) return `\`as_of\` was ${new Date(before.asOf).toISOString()}.`;
  if (before.seed !== now.seed) return "the seed changed.";
  if (before.entity !== now.entity || before.exclude !== now.exclude) return "the head of the notebook changed.";
  if (before.zone !== now.zone || before.weekStarts !== now.weekStarts)
    return "the notebook's time zone or week changed.";
  if (before.engine !== now.engine) return `it was computed with engine ${before.engine}.`;
  return null;
}

function changedEntry(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(now)) {
    if (before[name] === undefined) return { name, how: "new" };
    if (before[name] !== value) return { name, how: "changed" };
  }
  const gone = Object.keys(before).find((name) => now[name] === undefined);
  return gone === undefined ? null : { name: gone, how: "gone" };
}
