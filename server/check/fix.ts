import { blockRule } from "../notebook/edit/block-rule.ts";
import { replaceAt } from "../notebook/edit/replace-at.ts";
import type { Finding } from "./finding.ts";

export interface Done {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  /** What was put in the place of what. */
  readonly words: string;
}

/** Mends what is certain, one finding after another, and looks again: one slip may have hidden another. */
export async function mended(
  text: string,
  look: (text: string) => Promise<readonly Finding[]>,
): Promise<{ readonly text: string; readonly done: readonly Done[] }> {
  const done: Done[] = [];
  const seen = new Set([text]);
  let now = text;
  for (;;) {
    const step = firstMended(now, await look(now));
    // An edit that leads back would go on for ever.
    if (step === null || seen.has(step.text)) return { text: now, done };
    seen.add(step.text);
    now = step.text;
    done.push(...step.done);
  }
}

/** All that can be mended of one look, from the last to the first, so that no place moves before it is used. */
function firstMended(text: string, findings: readonly Finding[]): { text: string; done: Done[] } | null {
  const done: Done[] = [];
  let now = text;
  for (const found of [...findings].reverse()) {
    const { fix, line, column, code } = found;
    if (fix === null || line === null || column === null) continue;
    const place = { line, column };
    const after = fix.how === "block" ? blockRule(now, place) : replaceAt(now, place, fix);
    if (typeof after !== "string" || after === now) continue;
    now = after;
    const words = fix.how === "block" ? "the rule is a block now" : `\`${fix.from}\` is \`${fix.to}\` now`;
    done.unshift({ code, line, column, words });
  }
  return done.length === 0 ? null : { text: now, done };
}
