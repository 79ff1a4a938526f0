import type { Standing } from "../e-bh.ts";
import type { Watched } from "./detect.ts";
import { evidence } from "./evidence.ts";
import { judgeInformed } from "./informed.ts";
import type { Learnt } from "./series.ts";

/**
 * How a series stands at its last period against its baseline, or against the level that was said to be new since; null while
 * that is being learnt. A level that was found is a change like any other here.
 */
export function standingOf({ one, j, course }: Watched, { readings }: Learnt): Standing | null {
  const own = readings[j];
  if (course === null || own === undefined) return null;
  const { eras, grown } = course.progress;
  // A level that was found lies before the period that confirmed it.
  const said = eras.findLastIndex(({ from, since }) => from === since);
  const era = grown[said];
  const last = one.periods.length - 1;
  if (era === undefined || last < era.judged) return null;
  const candidates = { first: era.judged, last, end: last };
  return { evidence: evidence(judgeInformed(era, own, candidates)), candidates: last - era.judged + 1 };
}
