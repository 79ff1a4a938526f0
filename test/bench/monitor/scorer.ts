import { RIVALS } from "./rivals.ts";
import { detector, found, type Method, type Score, score } from "./score.ts";
import { seedsFrom } from "./seeds.ts";
import { simulate } from "./simulate.ts";
import { type WorldName, worldOf } from "./worlds.ts";

const full = found("full");

export const METHODS: Readonly<Record<string, Method>> = {
  ...RIVALS,
  "segbook-alert": detector("alert", full),
  "segbook-confirmed": detector("confirmed", full),
  "segbook-thinned": detector("alert", found("thinned")),
};

/** Scores of a method in a world, a run each. */
export type Scorer = (world: WorldName, method: string, runs: number) => readonly Score[];

/** Makes each run of a world once; `together` are the methods that are run on it while it is there. */
export function scorer(first: number, together: readonly string[]): Scorer {
  const known = new Map<string, Score>();
  return (world, method, runs) =>
    seedsFrom(first, runs).map((seed) => {
      const key = (name: string) => `${world} ${name} ${seed}`;
      const made = known.get(key(method));
      if (made !== undefined) return made;
      const { counts, truths } = simulate(worldOf(world, seed));
      const scored = (name: string) => score(METHODS[name]?.(counts) ?? [], truths);
      for (const name of together) if (!known.has(key(name))) known.set(key(name), scored(name));
      const one = known.get(key(method)) ?? scored(method);
      known.set(key(method), one);
      return one;
    });
}
