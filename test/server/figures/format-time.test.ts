import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dayTime, formatDay, formatMoment } from "../../../server/figures/format-time.ts";

const ZONES = ["Pacific/Kiritimati", "UTC", "America/Los_Angeles", "Pacific/Pago_Pago"];
let before: string | undefined;

beforeEach(() => {
  before = process.env.TZ;
});
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

test("a day is the same day whatever the reader's zone", () => {
  const said = ZONES.map((zone) => {
    process.env.TZ = zone;
    return formatDay("2026-08-22", { locale: "en-GB" });
  });
  expect(new Set(said)).toEqual(new Set(["22 Aug 2026"]));
});

test("a wall clock's time is shown as it stands, one with an offset in the zone that is asked for", () => {
  process.env.TZ = "America/Los_Angeles";
  expect(formatMoment("2026-08-22 18:05:00", { locale: "en-GB" })).toBe("22 Aug 2026, 18:05");
  expect(formatMoment("2026-08-22T18:05:09", { locale: "en-GB" })).toBe("22 Aug 2026, 18:05:09");
  expect(formatMoment("2026-08-22T18:05:00Z", { locale: "en-GB", zone: "Europe/London" })).toBe("22 Aug 2026, 19:05");
  expect(formatMoment("2026-08-22 18:05:00+02", { locale: "en-GB", zone: "UTC" })).toBe("22 Aug 2026, 16:05");
  expect(formatMoment("2026-08-22T00:00:00", { locale: "en-GB" })).toBe("22 Aug 2026");
});

test("every English is written as the words of rules are, other languages as they write", () => {
  for (const locale of ["en-US", "en-GB", "en"]) {
    expect(formatDay("2026-09-01", { locale })).toBe("1 Sep 2026");
    expect(formatMoment("2026-09-01 14:05:00", { locale })).toBe("1 Sep 2026, 14:05");
  }
  expect(formatDay("2026-09-01", { locale: "de-DE" })).toBe("1. Sept. 2026");
});

test("what is no day of the calendar is left as it is", () => {
  expect(formatDay("2026-02-30")).toBe("2026-02-30");
  expect(formatDay("send-17")).toBe("send-17");
  expect(formatMoment("yesterday")).toBe("yesterday");
});

test("every day of the calendar is one, and says its own date in UTC", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }), (date) => {
      const day = date.toISOString().slice(0, 10);
      const time = dayTime(day);
      expect(time).not.toBeNull();
      expect(new Date(time ?? 0).toISOString().slice(0, 10)).toBe(day);
    }),
  );
});
