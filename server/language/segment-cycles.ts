import { reads } from "./reads.ts";
import type { Rule } from "./tree.ts";

export interface NamedSegment {
  readonly cell: string;
  readonly name: string;
  readonly rule: Rule;
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
