import { reads } from "./reads.ts";
import type { Rule } from "./tree.ts";
import type { LanguageProblem } from "./vocabulary.ts";

export interface NamedSegment {
  readonly cell: string;
  readonly name: string;
  readonly rule: Rule;
}

/** Rules of one cell that need each other, or one that needs itself: a problem a cycle, at its first rule. */
export function segmentCycleProblems(
  rules: readonly { readonly name: string; readonly rule: Rule }[],
  cell: string,
): (LanguageProblem & { readonly rule: string })[] {
  return findSegmentCycles(rules.map((rule) => ({ cell, ...rule }))).flatMap((cycle) => {
    const first = rules.find((rule) => rule.name === cycle[0]?.name);
    if (!first) return [];
    const { from, to } = first.rule;
    const around = { code: "segment-cycle", from, to, rule: first.name };
    if (cycle.length === 1) {
      const message = `\`${first.name}\` refers to itself.`;
      return [{ ...around, message, hint: "Take IN SEGMENT out of it, or name another segment." }];
    }
    const path = [...cycle, ...cycle.slice(0, 1)].map((segment) => `\`${segment.name}\``).join(" → ");
    const message = `These segments need each other: ${path}.`;
    return [{ ...around, message, hint: "Take IN SEGMENT out of one of them." }];
  });
}

/**
 * Segments whose rules need each other through IN SEGMENT: each cycle once, as the segments along it, the one that is
 * first in the list first. A segment that names itself is a cycle of one.
 */
export function findSegmentCycles(segments: readonly NamedSegment[]): { cell: string; name: string }[][] {
  const needs = segments.map((segment) =>
    reads(segment.rule).segments.flatMap((used) => {
      const index = segments.findIndex((other) => other.cell === used.cell && other.name === used.name);
      return index < 0 ? [] : [index];
    }),
  );
  const cycles: number[][] = [];
  const done = new Set<number>();
  const follow = (at: number, path: readonly number[]): void => {
    const start = path.indexOf(at);
    if (start >= 0) {
      cycles.push(path.slice(start));
      return;
    }
    if (done.has(at)) return;
    for (const next of needs[at] ?? []) follow(next, [...path, at]);
    done.add(at);
  };
  for (const index of segments.keys()) follow(index, []);
  return cycles.map((cycle) => {
    const first = cycle.indexOf(Math.min(...cycle));
    return [...cycle.slice(first), ...cycle.slice(0, first)].flatMap((index) => {
      const segment = segments[index];
      return segment ? [{ cell: segment.cell, name: segment.name }] : [];
    });
  });
}
