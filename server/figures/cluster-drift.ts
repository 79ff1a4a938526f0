import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

type Page = Pick<ResultPage, "columns" | "rows">;

/** What became of one cluster since the refresh before. */
export interface ClusterFate {
  readonly cluster: number;
  readonly name: string;
  readonly fate: string;
  readonly people: number | null;
  readonly before: number | null;
  /** Of those of before who are still in a cluster, the share in another one; null where nobody is. */
  readonly changed: number | null;
  /** The column whose mean moved furthest by its noise, where it moved beyond noise. */
  readonly moved: { readonly column: string; readonly deviations: number } | null;
}

/** One refresh: when, how many changed cluster, and what became of each. */
export interface ClustersThen {
  readonly refresh: number;
  /** Its last day that counts. */
  readonly day: string;
  /** Of everybody who was in a cluster before and still is; null at the first refresh. */
  readonly changed: number | null;
  readonly told: readonly string[];
  readonly fates: readonly ClusterFate[];
}

/** What refreshes recorded of a clustering, the newest first. */
export function clustersOverTime(page: Page): ClustersThen[] {
  const of = (name: string) => columnOf(page, name);
  const refreshes = new Map<number, Page["rows"][number][]>();
  for (const row of page.rows) {
    const refresh = asNumber(of("refresh")(row)) ?? 0;
    refreshes.set(refresh, [...(refreshes.get(refresh) ?? []), row]);
  }
  const newestFirst = [...refreshes].sort(([a], [b]) => b - a);
  return newestFirst.map(([refresh, rows]) => ({
    refresh,
    day: asText(of("period")(rows[0] ?? [])),
    changed: asNumber(of("everybody_changed")(rows[0] ?? [])),
    told: rows.flatMap((row) => {
      const told = asText(of("told")(row)).replaceAll("`", "");
      return told === "" ? [] : [told];
    }),
    fates: rows.map((row): ClusterFate => {
      const number = (name: string) => asNumber(of(name)(row));
      const [there, changed] = [number("there"), number("changed")];
      const isBeyond = of("beyond_noise")(row) === true;
      return {
        cluster: number("cluster") ?? 0,
        name: asText(of("segment")(row)),
        fate: asText(of("fate")(row)),
        people: number("members"),
        before: number("members_before"),
        changed: there === null || there === 0 || changed === null ? null : changed / there,
        moved: isBeyond ? { column: asText(of("column")(row)), deviations: number("deviations") ?? 0 } : null,
      };
    }),
  }));
}
