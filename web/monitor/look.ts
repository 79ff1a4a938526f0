import type { SegSeriesWall } from "../parts/series-wall.ts";

/** Takes the reader to one series of a wall. */
export async function lookAt(
  wall: SegSeriesWall | null,
  { segment, metric }: { segment: string; metric: string },
): Promise<void> {
  await wall?.updateComplete;
  const place = wall?.tiles.findIndex((tile) => tile.segment === segment && tile.metric === metric) ?? -1;
  const tile = wall?.renderRoot.querySelectorAll("seg-series")[place];
  await tile?.updateComplete;
  tile?.scrollIntoView({ block: "center" });
  tile?.renderRoot.querySelector<HTMLElement>(".plot")?.focus({ preventScroll: true });
}
