// AssemblyScript: the kernel of `server/monitor/detector/e-detector.ts`, which says what it computes, with the same sums in
// the same order.
import { every, scan, thinned } from "./e-detector/candidates";
import { dayW, dayWy, evidence, high, int, low, setDouble } from "./e-detector/layout";
import { addDay, totals } from "./e-detector/totals";
import { weigh } from "./e-detector/weighing";

export {
  evidenceAt,
  floorAt,
  highAt,
  kappaAt,
  lowAt,
  reserve,
  room,
  slotAt,
  wAt,
  wyAt,
  wyyAt,
} from "./e-detector/layout";

/** Evidence of periods from `from` on, up to the first that reaches `stop`, or to before `until`; gives which. */
export function run(
  from: i32,
  until: i32,
  stop: f64,
  isThinned: bool,
  inflation: f64,
  narrowed: f64,
  widened: f64,
  part: f64,
): i32 {
  memory.fill(dayW, 0, 64);
  memory.fill(dayWy, 0, 64);
  for (let i = 0; i < from; i++) addDay(i);
  for (let t = from; t < until; t++) {
    addDay(t);
    totals(t + 1);
    const count = isThinned ? thinned(int(low, t), int(high, t), t) : every(int(low, t), int(high, t));
    scan(count, t + 1);
    const sum = weigh(count, t + 1, inflation, narrowed, widened, part);
    setDouble(evidence, t, sum);
    if (sum >= stop) return t;
  }
  return until;
}
