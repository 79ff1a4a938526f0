import { createHash } from "node:crypto";

type Scalar = string | number | boolean | null;

/** Everything that a result depends on. Kept with it, so that a stale mark can say which part differs. */
export interface KeyParts {
  readonly kind: string;
  readonly part: string;
  readonly body: string;
  readonly inputs: Readonly<Record<string, Scalar>>;
  /** Relation that is read → key of the result that holds it. */
  readonly reads: Readonly<Record<string, string>>;
  /** Path below the data folder → SHA-256. */
  readonly files: Readonly<Record<string, string>>;
  /** Only where the cell uses time: milliseconds since 1970. */
  readonly asOf: number | null;
  readonly seed: number | null;
  /** The head's keys that the cell depends on. */
  readonly head: Readonly<Record<string, Scalar>>;
  readonly zone: string;
  readonly engine: string;
}

/** Raised whenever the same parts would give another result than before. */
const GENERATION = 3;

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
  const input = changedEntry(before.inputs, now.inputs);
  if (input?.how === "changed") return `input \`${input.name}\` was ${JSON.stringify(before.inputs[input.name])}.`;
  if (before.kind !== now.kind || before.body !== now.body) return "its text changed.";
  const read = changedEntry(before.reads, now.reads);
  if (read !== null) return `\`${read.name}\` ${read.how === "changed" ? "changed" : `is ${read.how}`}.`;
  if (before.asOf !== now.asOf && before.asOf !== null) return `\`as_of\` was ${new Date(before.asOf).toISOString()}.`;
  if (before.seed !== now.seed && before.seed !== null) return `the head's \`seed\` was ${before.seed}.`;
  const key = changedEntry(before.head, now.head);
  if (key !== null) return `the head's \`${key.name}\` was ${JSON.stringify(before.head[key.name] ?? null)}.`;
  if (before.zone !== now.zone) return `the head's \`timezone\` was ${before.zone}.`;
  if (before.engine !== now.engine) return `it was computed with engine ${before.engine}.`;
  return null;
}

function changedEntry(before: Readonly<Record<string, Scalar>>, now: Readonly<Record<string, Scalar>>) {
  for (const [name, value] of Object.entries(now)) {
    if (before[name] === undefined) return { name, how: "new" };
    if (before[name] !== value) return { name, how: "changed" };
  }
  const gone = Object.keys(before).find((name) => now[name] === undefined);
  return gone === undefined ? null : { name: gone, how: "gone" };
}
