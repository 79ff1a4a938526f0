import { type KeyParts, keyOf, type Scalar } from "./key.ts";
import { wallTime } from "./wall-time.ts";

/** Every part in which today's key is not that of the last result, each in a sentence; data first, then what was written. */
export function staleReasons(before: KeyParts, now: KeyParts): string[] {
  const found = [
    ...entries(before.files, now.files).map(({ name, how }) => `\`${name}\` ${how === "changed" ? how : `is ${how}`}.`),
    ...inputs(before, now),
    ...types(before.types, now.types),
    ...(isTextChanged(before, now) ? [TEXT] : []),
    ...reads(before.reads, now.reads),
    ...changed(before.asOf, now.asOf, (value) => `\`as_of\` was ${momentText(value, before.zone)}.`),
    ...changed(before.seed, now.seed, (value) => `the head's \`seed\` was ${value}.`),
    ...entries(before.head, now.head)
      .filter(({ how }) => how === "changed")
      .map(({ name }) => `the head's \`${name}\` was ${said(before.head[name] ?? null)}.`),
    ...(before.clusters === now.clusters ? [] : ["the clusters that its numbers follow are others."]),
    ...(before.rebaselines === now.rebaselines ? [] : ["where its evidence starts anew is elsewhere."]),
    ...changed(before.zone, now.zone, (value) => `the head's \`timezone\` was ${value}.`),
    ...changed(before.engine, now.engine, (value) => `it was computed with engine ${value}.`),
    ...program(before, now),
  ];
  // An input may have come to stand where its very value stood.
  return found.length === 0 && keyOf(before) !== keyOf(now) ? [TEXT] : found;
}

const TEXT = "its text changed.";

/** Inputs' values stand in every body but that of SQL, so that where one changed the body differs by that alone. */
function isTextChanged(before: KeyParts, now: KeyParts): boolean {
  if (before.kind !== now.kind) return true;
  return before.body !== now.body && (now.kind === "sql" || inputs(before, now).length === 0);
}

/** Inputs that the cell no longer reads, or did not read before, are told by its text. */
function inputs(before: KeyParts, now: KeyParts): string[] {
  return entries(before.inputs, now.inputs)
    .filter(({ how }) => how === "changed")
    .map(({ name }) => `input \`${name}\` was ${said(before.inputs[name] ?? null)}.`);
}

function types(before: KeyParts["types"], now: KeyParts["types"]): string[] {
  return entries(before, now)
    .filter(({ how }) => how === "changed")
    .map(({ name }) => `input \`${name}\` was of the type ${before[name]}.`);
}

/** What is gone under one name and new under another with the same key is the same result: it was renamed. */
function reads(before: KeyParts["reads"], now: KeyParts["reads"]): string[] {
  const all = entries(before, now);
  const renamed = all.flatMap(({ name, how }) => {
    const same = how === "gone" ? all.filter((one) => one.how === "new" && now[one.name] === before[name]) : [];
    return same.length === 1 ? same.map((one) => ({ from: name, to: one.name })) : [];
  });
  const others = all.filter(({ name }) => !renamed.some(({ from, to }) => name === from || name === to));
  return [
    ...renamed.map(({ from, to }) => `\`${from}\` is called \`${to}\` now.`),
    ...others.map(({ name, how }) => `\`${name}\` ${how === "changed" ? how : `is ${how}`}.`),
  ];
}

function program(before: KeyParts, now: KeyParts): string[] {
  if (before.segbook !== now.segbook) return [`it was computed with Segbook ${before.segbook}.`];
  return before.generation === now.generation ? [] : ["it was computed by an earlier build of Segbook."];
}

/** A value that was and is, but is another; what was not there before is told by the text. */
function changed<T extends string | number>(before: T | null, now: T | null, tell: (value: T) => string): string[] {
  return before === null || now === null || before === now ? [] : [tell(before)];
}

function entries(before: Readonly<Record<string, Scalar>>, now: Readonly<Record<string, Scalar>>) {
  const found: { name: string; how: "new" | "changed" | "gone" }[] = [];
  for (const [name, value] of Object.entries(now)) {
    if (!Object.hasOwn(before, name)) found.push({ name, how: "new" });
    else if (before[name] !== value) found.push({ name, how: "changed" });
  }
  for (const name of Object.keys(before)) if (!Object.hasOwn(now, name)) found.push({ name, how: "gone" });
  return found;
}

/** A date as it is written; any other text in quotes. */
function said(value: Scalar): string {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value)) return value;
  return value === null ? "not set" : JSON.stringify(value);
}

/** A moment as it would be written in the head: the end of a day is that day. */
function momentText(moment: number, zone: string): string {
  const wall = wallTime(moment, zone);
  return /T00:00(:00)?$/.test(wall) ? wallTime(moment - 1, zone).slice(0, 10) : wall;
}
