import type { NotebookDiff, PartDiff } from "./model.ts";

/** What happened to a part, as words to put beside it: `renamed from \`a\``, `moved from below \`b\``, `changed`. */
export function partWords(part: PartDiff): string[] {
  const { state, before, after } = part;
  if (state === "added" || state === "removed") return [state];
  const words: string[] = [];
  const [was, is] = [before?.cell ?? null, after?.cell ?? null];
  if (was !== null && is !== null && was.id !== is.id) words.push(`renamed from \`${was.id}\``);
  if (was !== null && is !== null && was.kind !== is.kind) words.push(`was ${article(was.kind)} cell`);
  if (part.moved) words.push(`moved from ${whence(part)}`);
  if (state === "changed") words.push("changed");
  if (state === "spacing") words.push("only spacing differs");
  if (state === "form") words.push("written differently, means the same");
  return words;
}

/** Whether a part needs to be looked at. */
export function isTold(part: PartDiff): boolean {
  return partWords(part).length > 0;
}

/** The whole difference in one sentence, such as `2 cells changed, 1 moved; the text changed.` */
export function diffSentence(diff: NotebookDiff): string {
  if (!diff.differs) return "The two are the same.";
  const cells = countCells(diff.parts.filter(({ type }) => type === "cell"));
  const others = (["head", "prose", "listing"] as const).flatMap((type) => {
    const told = diff.parts.filter((part) => part.type === type && isTold(part));
    return told.length === 0 ? [] : [`${OTHERS[type]} ${verbOf(told)}`];
  });
  const found = [...(cells === "" ? [] : [cells]), ...others];
  if (found.length === 0) return "Only empty lines between cells and paragraphs differ.";
  const sentence = found.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

const OTHERS = { head: "the settings", prose: "the text", listing: "a listing" };

function verbOf(parts: readonly PartDiff[]): string {
  if (parts.every(({ state, moved }) => state === "same" && moved)) return "moved";
  return parts.every(({ state }) => state === "spacing") ? "differs in spacing alone" : "changed";
}

function countCells(parts: readonly PartDiff[]): string {
  const isRenamed = ({ before, after }: PartDiff) => before && after && before.cell?.id !== after.cell?.id;
  const counts = [
    [parts.filter(({ state }) => state === "changed").length, "changed"],
    [parts.filter(isRenamed).length, "renamed"],
    [parts.filter(({ moved }) => moved).length, "moved"],
    [parts.filter(({ state }) => state === "added").length, "added"],
    [parts.filter(({ state }) => state === "removed").length, "removed"],
    [parts.filter(({ state }) => state === "spacing").length, "spaced differently"],
    [parts.filter(({ state }) => state === "form").length, "written differently"],
  ] as const;
  const [first, ...rest] = counts.filter(([count]) => count > 0);
  if (first === undefined) return "";
  const [count, what] = first;
  return [`${count} ${count === 1 ? "cell" : "cells"} ${what}`, ...rest.map(([n, how]) => `${n} ${how}`)].join(", ");
}

function whence({ before }: PartDiff): string {
  return before?.below ? `below \`${before.below}\`` : "the top";
}

function article(kind: string): string {
  return `${/^[aeiou]/.test(kind) || kind === "sql" ? "an" : "a"} ${kind}`;
}
