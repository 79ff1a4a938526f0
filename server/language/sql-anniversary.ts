import { Temporal } from "temporal-polyfill";

/**
 * Whether a later year's return of a day falls in `[first, end)`. 29 February returns on the 28th in years without one.
 * The day itself is no anniversary.
 */
export function anniversarySql(day: string, first: Temporal.PlainDate, end: Temporal.PlainDate): string {
  const last = end.subtract({ days: 1 });
  const years = [];
  for (let year = first.year; year <= last.year; year += 1) years.push(year);
  const parts = years.map((year) => {
    const from = year === first.year ? keyOf(first) : 101;
    const to = year === last.year ? keyOf(last) : 1231;
    return `(year(${day}) < ${year} AND ${returnsOn(day, year)} BETWEEN ${from} AND ${to})`;
  });
  return `(${parts.join(" OR ")})`;
}

/** Month and day as one number, which orders the days of a year. */
function keyOf(day: Temporal.PlainDate): number {
  return day.month * 100 + day.day;
}

function returnsOn(day: string, year: number): string {
  const key = `month(${day}) * 100 + day(${day})`;
  if (Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear) return key;
  return `CASE WHEN ${key} = 229 THEN 228 ELSE ${key} END`;
}
