import { addDays, LAST_DAY } from "./calendar.ts";

/**
 * A fall of an open rate that is nobody's change: from `firstDay`, a Monday, on this archetype is sent mostly mail of a kind
 * that is opened less than the rest, before as after. Its clicks stay, for that kind is clicked as often as the mean.
 */
export const PLANTED_MIX_SHIFT = {
  archetype: "weekly buyers",
  metric: "open_rate",
  firstDay: addDays(LAST_DAY, -145),
  column: "kind",
  part: "newsletter",
  /** How often each kind is sent from then on, to a hundred, on every day of the week. */
  kinds: { newsletter: 80, offers: 17, recommendations: 3 },
} as const;
