import type { Report } from "./model.ts";

/** The report of a monitor that found nothing, to which what is known of it is added. */
export const NOTHING_FOUND: Report = {
  ...{ notebook: "", cell: "", period: "day", metrics: null, minRelativeChange: 0, asOf: 0 },
  ...{ alerts: [], incidents: [], series: [], rebaselines: [], judged: [], standings: [] },
  ...{ definition: "", written: "" },
};
