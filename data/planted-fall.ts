import { addDays, FIRST_DAY, LAST_DAY } from "./calendar.ts";

/** The drift that the monitor is to find: from `firstDay` on, this archetype's click rate is `factor` times what it was. */
export const PLANTED_FALL = {
  archetype: "bargain hunters",
  metric: "click_rate",
  firstDay: addDays(LAST_DAY, -69),
  factor: 0.75,
  dataFrom: FIRST_DAY,
  dataTo: LAST_DAY,
} as const;
