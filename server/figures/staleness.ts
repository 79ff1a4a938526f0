import type { ResultPage } from "../run/view.ts";
import { asText, columnOf } from "./columns.ts";
import { formatDay } from "./format-time.ts";

/** A segment whose data does not come, or does not change as it should. */
export interface Stale {
  readonly segment: string;
  readonly state: string;
  readonly since: string;
  readonly why: string;
}

/** A monitor's staleness relation; those that are fresh are left out. */
export function staleOf(page: Pick<ResultPage, "columns" | "rows">): Stale[] {
  const [segment, state, since, why] = ["segment", "state", "since", "why"].map((name) => columnOf(page, name));
  const read = (at: typeof segment, row: ResultPage["rows"][number]) => (at === undefined ? "" : asText(at(row)));
  return page.rows
    .map((row) => ({
      segment: read(segment, row),
      state: read(state, row),
      since: read(since, row),
      why: read(why, row),
    }))
    .filter((each) => each.state !== "fresh" && each.state !== "");
}

/** Why segments wait, by their names: `stale since 25 Sep`. */
export function pausedOf(stale: readonly Stale[]): Map<string, string> {
  const words = ({ state, since }: Stale) =>
    since === "" ? state : `${state} since ${formatDay(since.slice(0, 10), { style: "short" })}`;
  return new Map(stale.map((each) => [each.segment, words(each)]));
}
