/** Numbers, shares, times and dates as the reader writes them. Pure: the locale is passed in where it matters. */

/** What stands where there is no value. */
export const MISSING = "—";

const NO_BREAK_SPACE = "\u00a0";

/** The reader's first language. Where there is no browser the reader is not known: English, whatever the machine's is. */
export function readerLocale(): string | undefined {
  if (typeof document === "undefined") return "en-GB";
  reader ??= { locale: navigator.languages?.[0] };
  return reader.locale;
}

/** Browsers make the list anew each time they are asked, and a table asks for every number. */
let reader: { readonly locale: string | undefined } | null = null;

export interface NumberOptions {
  /** Exactly so many digits after the point; absent: as many as the number needs, at most `atMost`. */
  digits?: number;
  atMost?: number;
  /** `never` for years and other labels that are written in digits. */
  grouping?: "always" | "never";
  locale?: string | undefined;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Intl formats are dear to make and a table asks for thousands. */
function numberFormat(
  key: string,
  locale: string | undefined,
  options: () => Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options());
  formats.set(key, made);
  return made;
}

/** A number, or whole numbers and decimals beyond a double's reach as text, digit by digit. */
export function formatNumber(value: number | bigint | string, options: NumberOptions = {}): string {
  const locale = options.locale ?? readerLocale();
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  }
  const [least, most] = [options.digits ?? 0, options.digits ?? options.atMost ?? 6];
  const key = `${locale}|${options.grouping ?? "always"}|${least}|${most}`;
  const format = numberFormat(key, locale, () => ({
    useGrouping: options.grouping !== "never",
    // What rounds to 0 has no sign.
    signDisplay: "negative",
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  }));
  return format.format(value as number | bigint | Intl.StringNumericLiteral);
}

/** How many: whole and grouped. */
export function formatCount(value: number, locale: string | undefined = readerLocale()): string {
  return formatNumber(value, { digits: 0, locale });
}

/** How many in few characters, such as `1.3M`: where an axis or a narrow place leaves no room. */
export function formatCompact(value: number, locale: string | undefined = readerLocale()): string {
  const format = numberFormat(`${locale}|compact`, locale, () => ({
    notation: "compact",
    maximumSignificantDigits: 3,
  }));
  return format.format(value);
}

/** A sentence in which no line breaks between a number and its per cent, as formatPercent() writes it. */
export function unbroken(sentence: string): string {
  return sentence.replace(/(?<=\d) (?=%)/g, NO_BREAK_SPACE);
}

/** A share from 0 to 1 as per cent, `12.4 %` that does not break; small shares get more digits, so that 0.41 % is not 0 %. */
export function formatPercent(share: number, options: { digits?: number; locale?: string | undefined } = {}): string {
  const most = options.digits ?? percentDigits(share);
  const least = options.digits ?? Math.min(2, most);
  const locale = options.locale ?? readerLocale();
  const format = numberFormat(`${locale}|percent|${least}|${most}`, locale, () => ({
    style: "percent",
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  }));
  // English sets the sign close; beside sentences that part them the page has one way.
  return format.format(share).replace(/(?<=\d)%$/, `${NO_BREAK_SPACE}%`);
}

/** Three significant digits at most and never more than three after the point. */
function percentDigits(share: number): number {
  const percent = Math.abs(share) * 100;
  if (percent === 0 || percent >= 99.95) return 0;
  if (percent >= 2.95) return 1;
  return percent >= 0.095 ? 2 : 3;
}

export type Direction = "up" | "down" | "none";

export interface Change {
  direction: Direction;
  /** Its sign as a shape: state is never colour alone. */
  arrow: "▲" | "▼" | "";
  /** Without a sign. */
  size: string;
  /** With arrow or sign, for a line of text. */
  text: string;
}

/** A relative change, such as −0.25, with its arrow. */
export function formatChange(change: number, locale: string | undefined = readerLocale()): Change {
  const size = formatPercent(Math.abs(change), { digits: Math.abs(change) >= 0.0995 ? 0 : 1, locale });
  if (Math.abs(change) < 0.0005) return { direction: "none", arrow: "", size, text: size };
  return change > 0
    ? { direction: "up", arrow: "▲", size, text: `▲${NO_BREAK_SPACE}+${size}` }
    : { direction: "down", arrow: "▼", size, text: `▼${NO_BREAK_SPACE}−${size}` };
}

/** A stretch of time in milliseconds, in its two largest units. */
export function formatDuration(ms: number, locale: string | undefined = readerLocale()): string {
  if (ms < 1) return `<${NO_BREAK_SPACE}1${NO_BREAK_SPACE}ms`;
  if (ms < 100) return `${formatNumber(Math.round(ms), { locale })}${NO_BREAK_SPACE}ms`;
  if (ms < 9_995) return `${formatNumber(ms / 1000, { digits: 2, locale })}${NO_BREAK_SPACE}s`;
  if (ms < 59_950) return `${formatNumber(ms / 1000, { digits: 1, locale })}${NO_BREAK_SPACE}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return twoUnits(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${large}${NO_BREAK_SPACE}${largeUnit}`;
  return small === 0 ? first : `${first} ${small}${NO_BREAK_SPACE}${smallUnit}`;
}

/** Bytes in the decimal units that file managers use. */
export function formatBytes(bytes: number, locale: string | undefined = readerLocale()): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.5 ? 0 : 1;
  return `${formatNumber(size, { digits, locale })}${NO_BREAK_SPACE}${units[unit] ?? ""}`;
}
