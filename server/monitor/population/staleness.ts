import { type Flow, quiet } from "./quiet.ts";

/** A refresh; moments are milliseconds since 1970. */
export interface Evaluated {
  readonly moment: number;
  /** How many came and how many went, together, by segment. */
  readonly moved: ReadonlyMap<string, number>;
}

/** Data that is older than it may be. */
export interface OldData {
  readonly source: string;
  /** The segments that rest on it. */
  readonly segments: readonly string[];
  /** As it is written: its newest time, and how old that may be. */
  readonly newest: string;
  readonly within: string;
  /** From when on it has been too old. */
  readonly since: number;
}

/** A segment of counted cohorts that has none any more while others go on. */
export interface Ended {
  readonly segment: string;
  /** From when on it has none; null where its periods are no days. */
  readonly since: number | null;
  readonly why: string;
}

export interface Observed {
  readonly segments: readonly string[];
  readonly now: number;
  /** In order. */
  readonly refreshes: readonly Evaluated[];
  readonly old: readonly OldData[];
  readonly ended: readonly Ended[];
  /** A moment as a day, for sentences. */
  readonly day: (moment: number) => string;
}

export interface Staleness {
  readonly segment: string;
  readonly state: "fresh" | "stale" | "frozen";
  /** From when on; null where it is fresh, or where periods are no days. */
  readonly since: number | null;
  readonly why: string | null;
}

const DAY = 86_400_000;
/** A schedule is known after so many refreshes. */
const SCHEDULED = 3;

/**
 * Whether what is said of each segment still holds: stale where its data is older than it may be, or where it has not been
 * evaluated for twice its schedule, or has ended; frozen where nobody has come or gone for improbably long. Moments in any order of segments.
 */
export function staleness(observed: Observed): Staleness[] {
  return [...observed.segments].sort().map((segment) => {
    const found = [
      oldData(segment, observed),
      ended(segment, observed),
      overdue(segment, observed),
      frozen(segment, observed),
    ];
    const [first] = found.flatMap((one) => one ?? []);
    return first ?? { segment, state: "fresh", since: null, why: null };
  });
}

function oldData(segment: string, { old }: Observed): Staleness | null {
  const own = old.filter(({ segments }) => segments.includes(segment)).sort((a, b) => a.since - b.since);
  const [first] = own;
  if (first === undefined) return null;
  const more = own.length > 1 ? ` ${own.length - 1} more are too old.` : "";
  const why = `\`${first.source}\` has nothing newer than ${first.newest}, and may be ${first.within} old.${more}`;
  return { segment, state: "stale", since: first.since, why };
}

function ended(segment: string, observed: Observed): Staleness | null {
  const own = observed.ended.find((one) => one.segment === segment);
  return own === undefined ? null : { segment, state: "stale", since: own.since, why: own.why };
}

function overdue(segment: string, { refreshes, now, day }: Observed): Staleness | null {
  const own = evaluationsOf(segment, refreshes).map(({ moment }) => moment);
  const last = own.at(-1);
  if (last === undefined || own.length < SCHEDULED) return null;
  const usual = median(own.slice(1).map((moment, i) => moment - (own[i] ?? 0)));
  const since = last + 2 * usual;
  if (now <= since) return null;
  const why = `Not evaluated since ${day(last)}, for more than twice its usual ${inDays(usual)}.`;
  return { segment, state: "stale", since, why };
}

function frozen(segment: string, { refreshes, day }: Observed): Staleness | null {
  const own = evaluationsOf(segment, refreshes);
  const flows: Flow[] = own.slice(1).map(({ moment, moved }, i) => ({
    days: (moment - (own[i]?.moment ?? 0)) / DAY,
    moved: moved.get(segment) ?? 0,
  }));
  const found = quiet(flows);
  if (found === null || found.improbable === null) return null;
  const lastMoved = own[found.from]?.moment ?? 0;
  const since = own[found.improbable + 1]?.moment ?? 0;
  const quietly = flows.length - found.from;
  const why = `Nobody has come or gone since ${day(lastMoved)}, in ${quietly} refresh${quietly === 1 ? "" : "es"}; by its usual flow the chance of that is ${chance(found.p)}.`;
  return { segment, state: "frozen", since, why };
}

/** Those that tell of the segment; of several of one moment the last. */
function evaluationsOf(segment: string, refreshes: readonly Evaluated[]): Evaluated[] {
  const own = refreshes.filter(({ moved }) => moved.has(segment));
  return own.filter(({ moment }, i) => (own[i + 1]?.moment ?? Infinity) > moment);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

function inDays(length: number): string {
  const days = Math.round((length / DAY) * 10) / 10;
  return days === 1 ? "day" : `${days} days`;
}

function chance(p: number): string {
  return p < 1e-6
    ? "less than one in a million"
    : `about one in ${Number((1 / p).toPrecision(2)).toLocaleString("en-US")}`;
}
