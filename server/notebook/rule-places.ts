import type { YamlPath } from "./yaml/reading.ts";

/** Where rules of the language stand in a kind's body. */
export function rulePlaces(kind: string): (path: YamlPath) => boolean {
  return PLACES.get(kind) ?? nowhere;
}

const nowhere = (): boolean => false;

const PLACES = new Map<string, (path: YamlPath) => boolean>([
  ["segments", (path) => path.length === 2 && path[0] === "segments"],
  [
    "score",
    (path) => (path.length === 3 && path[0] === "points" && path[2] === "when") || path.join() === "outcome,event",
  ],
]);
