import type { Count, Detection, DetectOptions } from "../model.ts";
import { comparePeriods } from "../period.ts";
import { courseOf, learnFrom, told, type Watched } from "./detect.ts";
import { type Refusal, refusalOf } from "./refuse.ts";
import { grown, type Learnt, type Series, toSeries } from "./series.ts";

/** A metric that is watched while its cohorts come in, in any order, and again and again. */
export interface Follower {
  /** Takes cohorts, those that were there already among them; gives those that can't be taken. The others are judged. */
  readonly take: (counts: readonly Count[]) => Refusal[];
  /** What `detect` would say of all cohorts that were taken. */
  readonly detection: () => Detection;
}

/**
 * Follows one metric. A period more of a series costs as much as the series is long; an earlier one has that series judged
 * anew, and one that completes or changes a baseline all of them, for they learn from one another.
 */
export function follow(options: DetectOptions): Follower {
  const cohorts = new Map<string, Map<string, Count>>();
  let watched = new Map<string, Watched>();
  let learnt: Learnt = learnFrom([], options);
  /** Those of what was learnt: a series that grows changes its own, without a copy of all. */
  let readings = [...learnt.readings];

  const anew = () => {
    const series = toSeries(
      [...cohorts.values()].flatMap((own) => [...own.values()]),
      options.period,
    );
    const fresh = learnFrom(series, options);
    readings = [...fresh.readings];
    learnt = { ...fresh, readings };
    watched = new Map(
      series.map((one, j) => [one.segment, { one, j, course: courseOf(one, j, learnt, options) }] as const),
    );
  };

  const goOn = (was: Watched, added: readonly Count[]) => {
    const { segment } = was.one;
    const later = added.every((count) => comparePeriods(count.period, was.one.all.at(-1)?.period ?? "") > 0);
    const inOrder = [...added].sort((a, b) => comparePeriods(a.period, b.period));
    const all = () => toSeries([...(cohorts.get(segment)?.values() ?? [])], options.period)[0] ?? was.one;
    const one = later ? grown(was.one, inOrder, learnt.slotOf) : all();
    const read = learnt.read[was.j];
    if (read !== undefined) readings[was.j] = read(one, later ? (readings[was.j] ?? null) : null);
    const unchanged = later || was.one.periods.every((period, i) => one.periods[i] === period);
    const before = unchanged ? was.course?.progress : undefined;
    watched.set(segment, { one, j: was.j, course: courseOf(one, was.j, learnt, options, before) });
  };

  return {
    take: (counts) => {
      const refusals: Refusal[] = [];
      const changed = new Map<string, Count[]>();
      for (const count of counts) {
        const own = cohorts.get(count.segment) ?? new Map<string, Count>();
        cohorts.set(count.segment, own);
        const known = own.get(count.period);
        const refusal = refusalOf(count, known, options);
        if (refusal !== null) refusals.push(refusal);
        if (refusal !== null || (known !== undefined && same(count, known))) continue;
        own.set(count.period, count);
        const added = changed.get(count.segment);
        if (added === undefined) changed.set(count.segment, [count]);
        else added.push(count);
      }
      const changes = [...changed].map(([segment, added]) => ({ was: watched.get(segment), added }));
      if (changes.some(({ was, added }) => was === undefined || teaches(was.one, added, options))) anew();
      else for (const { was, added } of changes) if (was !== undefined) goOn(was, added);
      return refusals;
    },
    detection: () => told([...watched.values()], learnt, options),
  };
}

/** Whether cohorts belong to a baseline, which others learn from too. */
function teaches(one: Series, added: readonly Count[], { baseline }: DetectOptions): boolean {
  const last = one.periods[baseline - 1];
  return added.some(
    (count) => count.mature && count.n > 0 && (last === undefined || comparePeriods(count.period, last) < 0),
  );
}

function same(a: Count, b: Count): boolean {
  return a.n === b.n && a.x === b.x && a.mature === b.mature;
}
