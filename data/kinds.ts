/** The kinds of mail that the shop sends, and how each does beside the others. */

/** How often each is sent, to a hundred; towards the weekend, on Thursdays and Fridays, offers prevail. */
export const KINDS = { newsletter: 45, offers: 25, recommendations: 30 };
export const LATE_KINDS = { newsletter: 20, offers: 60, recommendations: 20 };

/**
 * What a kind multiplies the chance of an open by, and that of a click of what was delivered: over the days of a week
 * both come to 1. A newsletter is opened least, and clicked as often as the rest all the same: who opens it, reads it.
 */
export const OPENS_BY_KIND = { newsletter: 0.696, offers: 1.159, recommendations: 1.208 };
export const CLICKS_BY_KIND = { newsletter: 0.99, offers: 1.11, recommendations: 0.87 };

/** A kind's factor, in SQL, from the column `kind`. */
export function byKind(factors: Readonly<Record<string, number>>): string {
  const cases = Object.entries(factors).map(([kind, factor]) => `WHEN '${kind}' THEN ${factor}e0`);
  return `CASE kind ${cases.join(" ")} END`;
}
