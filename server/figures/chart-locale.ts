/** The reader's locale in the words of d3, which Vega formats with. */

export interface ChartLocale {
  number: Record<string, unknown>;
  time: Record<string, unknown>;
}

export function chartLocale(locale: string | undefined): ChartLocale {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.5);
  const part = (type: string, otherwise: string) => parts.find((entry) => entry.type === type)?.value ?? otherwise;
  const monday = Date.UTC(2024, 0, 1);
  const name = (time: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(time).replace(/^Sept$/, "Sep");
  const days = Array.from({ length: 7 }, (_, day) => monday + (day - 1) * 86_400_000);
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1));
  return {
    number: {
      ...{ decimal: part("decimal", "."), thousands: part("group", ","), grouping: [3], currency: ["", ""] },
      percent: "\u00a0%",
    },
    time: {
      dateTime: "%e %b %Y, %H:%M",
      date: "%e %b %Y",
      time: "%H:%M",
      periods: ["AM", "PM"],
      days: days.map((day) => name(day, { weekday: "long" })),
      shortDays: days.map((day) => name(day, { weekday: "short" })),
      months: months.map((month) => name(month, { month: "long" })),
      shortMonths: months.map((month) => name(month, { month: "short" })),
    },
  };
}
