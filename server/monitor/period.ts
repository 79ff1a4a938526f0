import type { Period } from "./model.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Orders periods: dates by date, sends' ids by number where both are numbers, else by their characters. */
export function comparePeriods(a: string, b: string): number {
  const left = numeric(a);
  const right = numeric(b);
  if (left !== null && right !== null && left !== right) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}

const DASH = 45;

function numeric(text: string): number | null {
  // Most periods are dates, which are told from numbers by this.
  if (text.charCodeAt(4) === DASH) return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Day of the week of a `YYYY-MM-DD`, 0 for Sunday. */
export function weekdayOf(date: string): number {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** As in a sentence: `12 Nov`, `the week of 12 Nov`, `send 43`. */
export function periodWords(at: string, period: Period): string {
  if (period === "send") return `send ${at}`;
  return period === "week" ? `the week of ${dayMonth(at)}` : dayMonth(at);
}

/** A day as in a sentence that is said on another: `12 Nov`, and in another year `12 Nov 2027`. */
export function dayWords(day: string, said: string): string {
  return day.slice(0, 4) === said.slice(0, 4) ? dayMonth(day) : `${dayMonth(day)} ${day.slice(0, 4)}`;
}

/** A set of periods: `9–14 Nov`, `28 Oct–3 Nov`, `28 Dec 2025–3 Jan 2026`, `12 Nov`, `41–44`. */
export function periodRange(from: string, to: string, period: Period): string {
  if (period === "send") return from === to ? from : `${from}–${to}`;
  if (from === to) return dayMonth(from);
  if (from.slice(0, 4) !== to.slice(0, 4)) return `${dayWords(from, to)}–${dayWords(to, from)}`;
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  return `${sameMonth ? Number(from.slice(8)) : dayMonth(from)}–${dayMonth(to)}`;
}

function dayMonth(date: string): string {
  return `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ""}`;
}

/** How many cohorts there are in a week where so many steps lie between two periods; 7 or 1 where there are none. */
export function cohortsAWeek({ from, last }: { from: string; last: string }, steps: number, period: Period): number {
  const days = (Date.parse(last) - Date.parse(from)) / 86_400_000;
  if (period === "send" || !(days > 0) || steps === 0) return period === "day" ? 7 : 1;
  return (7 * steps) / days;
}
