/** What a run of made-up segments is like. Rates are shares from 0 to 1, lengths days. */
export interface World {
  readonly seed: number;
  readonly segments: number;
  readonly baseline: number;
  readonly watched: number;
  /** Rates of segments lie evenly between. */
  readonly rates: readonly [number, number];
  /** Overdispersion ρ of segments, on a logarithmic scale between; [0, 0] for a plain binomial. */
  readonly rho: readonly [number, number];
  /** Standard deviation of weekday effects in log odds: of those that all share, and of what a segment adds. */
  readonly weekdays: readonly [number, number];
  /** The first `changed` segments change, from a day in the first half of the watched ones on. */
  readonly changed: number;
  /** −0.2 for a fall by a fifth. */
  readonly change: number;
  /** Days over which the change comes about; 1 for a step. */
  readonly ramp: number;
  /** Lag-1 correlation of the daily rates' noise. */
  readonly phi: number;
  /** Share of the noise's variance that all segments have in common. */
  readonly common: number;
  /** Chance of a day with 40 % fewer opens. */
  readonly flops: number;
  /** From the middle of the watched days on, volume is this share of what it was. */
  readonly volume: number;
  /** Whether those that change do so on days of their own or on one. */
  readonly at: "apart" | "once";
  /** Sends a day of segments, on a logarithmic scale between. */
  readonly sizes: readonly [number, number];
}

export const CALM: World = {
  seed: 1,
  segments: 50,
  baseline: 42,
  watched: 138,
  rates: [0.2, 0.45],
  rho: [0.002, 0.02],
  weekdays: [0.1, 0.02],
  changed: 0,
  change: 0,
  ramp: 1,
  phi: 0,
  common: 0,
  flops: 0,
  volume: 1,
  at: "apart",
  sizes: [200, 5_000],
};

const LOW = { rates: [0.005, 0.04], rho: [0.0002, 0.002] } as const;
const changing = (change: number) => ({ changed: 10, change });

/** The scenarios, by what is not calm in them. */
export const WORLDS = {
  calm: {},
  flops: { flops: 0.01 },
  correlated: { phi: 0.3 },
  cut: { volume: 1 / 3 },
  common: { common: 0.5 },
  weekdays: { weekdays: [0.3, 0.06] },
  overdispersed: { rho: [0.02, 0.05] },
  binomial: { rho: [0, 0] },
  low: LOW,
  "drop-10": changing(-0.1),
  "drop-20": changing(-0.2),
  "drop-30": changing(-0.3),
  "rise-20": changing(0.2),
  "ramp-20": { ...changing(-0.2), ramp: 28 },
  "low-drop-30": { ...LOW, ...changing(-0.3) },
  "low-common": { ...LOW, common: 0.5 },
  "together-30": { ...LOW, change: -0.3, changed: 50, at: "once" },
  "together-20": { ...LOW, change: -0.2, changed: 50, at: "once" },
  "together-small": { ...LOW, change: -0.3, changed: 50, at: "once", sizes: [100, 1_000] },
  "together-half": { ...LOW, change: -0.3, changed: 25, at: "once" },
  "together-ten": { ...LOW, change: -0.3, changed: 10, segments: 10, at: "once" },
} as const satisfies Readonly<Record<string, Partial<World>>>;

export type WorldName = keyof typeof WORLDS;

/** The scenario of that name, with a seed of its own. */
export function worldOf(name: WorldName, seed: number): World {
  return { ...CALM, ...WORLDS[name], seed };
}
