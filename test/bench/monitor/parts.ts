import { explain } from "./explained.ts";
import { GOALS, type Goal } from "./goals.ts";
import { episodesARun, type Measure, median, medianDelay, within } from "./measures.ts";
import { METHODS, type Scorer, scorer } from "./scorer.ts";
import { seedsFrom, seedWords } from "./seeds.ts";
import { foundOf, told } from "./sight.ts";
import { SPEEDS } from "./speed.ts";
import { type Common, common, INCIDENT_WORLDS } from "./together.ts";
import { type WorldName, worldOf } from "./worlds.ts";
import { demand, figure, verdict } from "./written.ts";

/** A table of the benchmark; a row is worked out when its cells are asked for. */
export interface BenchPart {
  readonly part: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: () => readonly string[] }[];
}

export interface Asked {
  readonly first: number;
  /** Null for as each as a part takes by itself. */
  readonly runs: number | null;
  /** Parts and rows; none for all. */
  readonly words: readonly string[];
}

const CALM_WORLDS = ["calm", "flops", "correlated", "cut", "common", "weekdays", "overdispersed", "low"] as const;
const CHANGED_WORLDS = ["drop-30", "drop-20", "drop-10", "rise-20", "ramp-20", "low-drop-30"] as const;

/** The tables that are asked for, with their rows. */
export function parts({ first, runs, words }: Asked): BenchPart[] {
  const asked = (part: string, name: string) => words.length === 0 || words.includes(part) || words.includes(name);
  const isThinned = words.length === 0 || words.some((word) => word.startsWith("thinned"));
  return everything(first, runs, (name) => asked("side", name) || (isThinned && name === "segbook-thinned"))
    .map((one) => ({ ...one, rows: one.rows.filter(({ name }) => asked(one.part, name)) }))
    .filter(({ rows }) => rows.length > 0);
}

/** What rows and parts can be asked for by. */
export function names(): string[] {
  const all = everything(0, 0, () => false).flatMap(({ part, rows }) => [part, ...rows.map(({ name }) => name)]);
  return [...new Set(all)];
}

function everything(first: number, runs: number | null, sideBySide: (method: string) => boolean): BenchPart[] {
  const each = runs ?? 40;
  const methods = Object.keys(METHODS);
  const scores = scorer(first, ["segbook-alert", "segbook-confirmed", ...methods.filter(sideBySide)]);
  const side = (head: readonly string[], cells: (method: string) => string[]): BenchPart => ({
    part: "side",
    head: [`${head[0]} (seeds ${seedWords(first, each)})`, ...head.slice(1)],
    rows: methods.map((name) => ({ name, cells: () => [name, ...cells(name)] })),
  });
  return [
    {
      part: "goals",
      head: [`Segbook (seeds ${seedWords(first, each)})`, "found", "demand", ""],
      rows: GOALS.map((goal) => ({
        name: goal.name,
        cells: () => {
          const found = scores(goal.world, `segbook-${goal.tier}`, each);
          const verdictOf = verdict(goal, goal.measure(found));
          return [goal.title, figure(goal.measure, goal.shown, found), demand(goal), verdictOf];
        },
      })),
    },
    side(["False episodes a run", ...CALM_WORLDS], (method) =>
      CALM_WORLDS.map((world) => figure(episodesARun, "count", scores(world, method, each))),
    ),
    side(["Found within 14 days", ...CHANGED_WORLDS], (method) =>
      CHANGED_WORLDS.map((world) => figure(within(14), "percent", scores(world, method, each))),
    ),
    side(["Median day of finding", ...CHANGED_WORLDS], (method) =>
      CHANGED_WORLDS.map((world) => figure(medianDelay, "days", scores(world, method, each))),
    ),
    lost(first, each, scores),
    together(first, each),
    explained(first, each),
    sight(first),
    { part: "speed", head: ["Speed, seconds of one core", "found", "demand", ""], rows: SPEEDS },
  ];
}

/** What the thinned grid costs, on the very runs of the full one. */
function lost(first: number, each: number, scores: Scorer): BenchPart {
  const row = (world: WorldName, title: string, measure: Measure, shown: Goal["shown"]) => ({
    name: `thinned-${world}`,
    cells: () => [
      title,
      ...["segbook-alert", "segbook-thinned"].map((method) => figure(measure, shown, scores(world, method, each))),
    ],
  });
  return {
    part: "thinned",
    head: [`Thinned candidates (seeds ${seedWords(first, each)})`, "full", "thinned"],
    rows: [
      row("calm", "no drift: false episodes a run", episodesARun, "count"),
      ...(["drop-30", "drop-20", "drop-10"] as const).flatMap((world) => [
        row(world, `${world.slice(5)} % drop: found within 14 days`, within(14), "percent"),
        row(world, "  within 28 days", within(28), "percent"),
        row(world, "  median day of finding", medianDelay, "days"),
      ]),
    ],
  };
}

/** What is told as common to many segments: drifts since one time, and single days; where none is, every one is false. */
function together(first: number, runs: number): BenchPart {
  const rows = INCIDENT_WORLDS.map((world) => ({
    name: `incidents-${world}`,
    cells: () => {
      const found = seedsFrom(first, runs).map((seed) => common(worldOf(world, seed)));
      const sum = (of: (one: Common) => number) => String(found.reduce((total, one) => total + of(one), 0));
      const falls = found.flatMap(({ fall }) => (fall === null ? [] : [fall]));
      const days = (of: (fall: NonNullable<Common["fall"]>) => number) => {
        return falls.length === 0 ? "" : median(falls.map(of)).toFixed(0);
      };
      const named = falls.filter(({ delay }) => delay < Infinity).length;
      return [
        world,
        ...[sum((one) => one.drifts), sum((one) => one.days)],
        falls.length === 0 ? "" : `${named} of ${falls.length}`,
        ...[days(({ delay }) => delay), days(({ inside }) => inside), days(({ error }) => error)],
      ];
    },
  }));
  const head = [
    `Common to many (seeds ${seedWords(first, runs)}, in all)`,
    ...["false: drifts", "single days", "true: named", "median day", "alerts inside", "days off"],
  ];
  return { part: "incidents", head, rows };
}

function explained(first: number, runs: number): BenchPart {
  const row = (what: "mix" | "rate") => ({
    name: `${what}-only`,
    cells: () => {
      const found = seedsFrom(first, runs).map((seed) => explain(what, seed));
      const sum = (of: (one: (typeof found)[number]) => number) => found.reduce((total, one) => total + of(one), 0);
      const [alerts, all, called] = [sum((one) => one.found), sum((one) => one.of), sum((one) => one.called[what])];
      const gap = Math.max(...found.map((one) => one.gap));
      const met = called === alerts && alerts > 0 && gap <= 1e-9 ? "met" : "NOT MET";
      return [`pure change of ${what}`, `${alerts} of ${all}`, `${called}`, gap.toExponential(0), met];
    },
  });
  const head = [`Explained (seeds ${seedWords(first, runs)})`, "found", "called so", "|mix+rate−ΔR|", ""];
  return { part: "mix", head, rows: [row("mix"), row("rate")] };
}

/** Whether the smallest fall that is told to be seen is found in about four of five cases; of one that is a sixth smaller or larger. */
function sight(first: number): BenchPart {
  const given = [
    { n: 200, rate: 0.3, rho: 0.01 },
    { n: 1000, rate: 0.3, rho: 0.005 },
    { n: 5000, rate: 0.3, rho: 0.01 },
    { n: 1000, rate: 0.03, rho: 0.001 },
    { n: 5000, rate: 0.02, rho: 0.0005 },
  ];
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const rows = given.map((one) => ({
    name: `sight-${one.n}-${100 * one.rate}`,
    cells: () => {
      const fall = told({ ...one, seed: first });
      const found = [0.85, 1, 1.15].map((times) => foundOf({ ...one, seed: first + 1, fall: times * fall }));
      const met = (found[0] ?? 1) < 0.8 && (found[2] ?? 0) > 0.8 ? "met" : "NOT MET";
      return [`${one.n} sends a day at ${percent(one.rate)}`, percent(fall), ...found.map(percent), met];
    },
  }));
  const head = ["Smallest fall within four weeks", "told", "found at 0.85", "found", "found at 1.15", ""];
  return { part: "sight", head, rows };
}
