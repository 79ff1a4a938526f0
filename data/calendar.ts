/** The thirteen months of the demo and what each day does to visits, orders and mail. Days are `YYYY-MM-DD`. */

export const FIRST_DAY = "2025-10-01";
export const LAST_DAY = "2026-10-31";
/** The first moment that the data does not know, as SQL. */
export const END = "TIMESTAMP '2026-11-01 00:00:00'";

export interface Day {
  readonly day: string;
  readonly month: string;
  /** 0 on the first day. */
  readonly number: number;
  /** 1 is Monday. */
  readonly weekday: number;
  /** What the day multiplies the people's own rates by. */
  readonly visits: number;
  readonly orders: number;
  readonly sends: number;
  readonly opens: number;
  readonly clicks: number;
  readonly sale: boolean;
}

export function calendar(): Day[] {
  const length = daysBetween(FIRST_DAY, LAST_DAY) + 1;
  return Array.from({ length }, (_, number) => dayOf(number));
}

export function months(): string[] {
  return [...new Set(calendar().map((day) => day.month))];
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Monday to Sunday. */
const WEEKDAY = {
  visits: [1.04, 0.98, 0.96, 0.96, 0.9, 1.0, 1.16],
  orders: [1.02, 0.96, 0.95, 0.98, 1.02, 1.0, 1.07],
  sends: [0.98, 1.12, 1.0, 1.15, 1.05, 0.8, 0.9],
  opens: [1.03, 1.04, 1.02, 1.02, 0.98, 0.94, 0.97],
  clicks: [1.02, 1.06, 1.02, 1.04, 0.97, 0.92, 0.97],
} as const;

const SALES: readonly (readonly [from: string, to: string])[] = [
  ["2025-11-21", "2025-12-01"],
  ["2026-01-01", "2026-01-12"],
  ["2026-04-03", "2026-04-12"],
  ["2026-07-10", "2026-07-19"],
  ["2026-10-09", "2026-10-18"],
];

function dayOf(number: number): Day {
  const day = addDays(FIRST_DAY, number);
  const index = (new Date(day).getUTCDay() + 6) % 7;
  const sale = SALES.some(([from, to]) => from <= day && day <= to);
  const season = seasonOf(day);
  return {
    day,
    month: day.slice(0, 7),
    number,
    weekday: index + 1,
    visits: at(WEEKDAY.visits, index) * (1 + 0.6 * (season - 1)) * (sale ? 1.15 : 1),
    orders: at(WEEKDAY.orders, index) * season,
    sends: at(WEEKDAY.sends, index) * ("2025-11-17" <= day && day <= "2025-12-20" ? 1.25 : 1),
    opens: at(WEEKDAY.opens, index),
    clicks: at(WEEKDAY.clicks, index),
    sale,
  };
}

/** A slow swing that peaks in mid-December, the rush before Christmas, and the quiet days of it. */
function seasonOf(day: string): number {
  const swing = 1 + 0.1 * Math.cos((2 * Math.PI * daysBetween("2025-12-14", day)) / 365.25);
  if ("2025-12-24" <= day && day <= "2025-12-27") return 0.55 * swing;
  if ("2025-12-01" <= day && day <= "2025-12-20") return 1.25 * swing;
  return swing;
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no weekday ${index}`);
  return value;
}
