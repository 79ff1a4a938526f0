/** A date or a date with a time, as written: `2026-03-31`, `2026-03-31 18:00`, `2026-03-31T18:00:00Z`. */
const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))?)?$/;

/** Whether a text is a moment of the calendar: `2026-02-30` is not. */
export function isMoment(text: string): boolean {
  const parts = MOMENT.exec(text);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  if (date.getUTCMonth() !== (month ?? 0) - 1 || date.getUTCDate() !== day) return false;
  return (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60;
}
