import type { Workbench } from "../state/workbench.ts";

const TITLES: Readonly<Record<string, string>> = {
  segments: "Segments",
  segment: "Segment",
  person: "Person",
  monitor: "Monitor",
  series: "Monitor",
  data: "Data",
  compare: "Compare",
};

/** What the browser's tab says: the notebook's title or the page's, and whose it is. */
export function pageTitle({ place, session }: Workbench): string {
  const { route } = place;
  const title = route.page === "notebook" && session?.path === route.path ? session.title : TITLES[route.page];
  return title === undefined ? "Segbook" : `${title} · Segbook`;
}
