import { readerLocale } from "./format.ts";

/** Days and moments as the reader writes them. A day without a time never moves with the reader's zone. */

const DAY = /^(\d{4,6})-(\d{2})-(\d{2})$/;
const OFFSET = /(?:[zZ]|[+-]\d{2}(?::?\d{2})?)$/;

export interface DayOptions {
  /** `short` leaves the year out: for a series whose years are said elsewhere. */
  style?: "full" | "short";
  locale?: string | undefined;
}

/** A day written `YYYY-MM-DD`; what is no day comes back as it is. */
export function formatDay(day: string, options: DayOptions = {}): string {
  const time = dayTime(day);
  if (time === null) return day;
  return written(time, options.locale ?? readerLocale(), {
    day: "numeric",
    month: "short",
    ...(options.style === "short" ? {} : { year: "numeric" }),
    timeZone: "UTC",
  });
}

export interface MomentOptions {
  /** IANA name; without it, a moment with an offset is shown in the reader's own zone. */
  zone?: string | undefined;
  locale?: string | undefined;
}

/** A moment in ISO 8601; one without an offset is a wall clock's and is shown as it stands. */
export function formatMoment(moment: string, options: MomentOptions = {}): string {
  const day = moment.slice(0, 10);
  if (moment.length === 10 && DAY.test(moment)) return formatDay(moment, { locale: options.locale });
  const wall = !OFFSET.test(moment);
  const iso = moment.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00");
  const time = Date.parse(wall ? `${iso}Z` : iso);
  if (Number.isNaN(time)) return moment;
  const midnight = wall && /[T ]00:00(:00(\.0+)?)?$/.test(moment);
  if (midnight) return formatDay(day, { locale: options.locale });
  return written(time, options.locale ?? readerLocale(), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(/:\d{2}:(?!00(?:\.0+)?(?:$|[zZ+-]))\d{2}/.test(moment) ? { second: "2-digit" } : {}),
    ...(wall ? { timeZone: "UTC" } : options.zone === undefined ? {} : { timeZone: options.zone }),
  });
}

/** The last day before a moment that is written with its wall's time, `YYYY-MM-DD`: at midnight the day that ends. */
export function lastDayBefore(moment: string): string {
  const [day = "", time = ""] = moment.split("T");
  if (!time.startsWith("00:00:00")) return day;
  const before = new Date(`${day}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}

/** Midnight UTC of a day in milliseconds, or null where the text is no day of the calendar. */
export function dayTime(day: string): number | null {
  const parts = DAY.exec(day);
  if (parts === null) return null;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const time = Date.UTC(year, month - 1, date);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? time : null;
}

/** Every English is written one way, `31 Oct 2026, 14:05`, as the words of rules are that stand beside it. */
function written(time: number, locale: string | undefined, options: Intl.DateTimeFormatOptions): string {
  if (!/^en(?:-|$)/i.test(locale ?? "")) return dateFormat(locale, options).format(time);
  return dateFormat("en-GB", options).format(time).replace("Sept", "Sep");
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}
