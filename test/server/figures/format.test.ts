import { expect, test } from "vitest";
import {
  formatBytes,
  formatChange,
  formatCompact,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  unbroken,
} from "../../../server/figures/format.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");

test("numbers are grouped and pointed as the reader's language does", () => {
  expect(formatNumber(1234567.891, { digits: 2, locale: "en-GB" })).toBe("1,234,567.89");
  expect(formatNumber(1234567.891, { digits: 2, locale: "de-DE" })).toBe("1.234.567,89");
  expect(plain(formatNumber(1234567.891, { digits: 2, locale: "fr-FR" }))).toBe("1 234 567,89");
  expect(formatNumber(-0.04, { digits: 1, locale: "en-GB" })).toBe("0.0");
  expect(formatNumber(-0.06, { digits: 1, locale: "en-GB" })).toBe("-0.1");
  expect(formatNumber(2026, { digits: 0, grouping: "never", locale: "en-GB" })).toBe("2026");
});

test("whole numbers and decimals beyond a double's reach keep every digit", () => {
  expect(formatNumber(9007199254740993n, { locale: "en-GB" })).toBe("9,007,199,254,740,993");
  expect(formatNumber("12345678901234567890.12", { digits: 2, locale: "en-GB" })).toBe("12,345,678,901,234,567,890.12");
});

test("what is no number says so", () => {
  expect(formatNumber(Number.NaN)).toBe("not a number");
  expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe("−∞");
});

test("small shares get digits enough not to read as nothing", () => {
  const percent = (share: number) => formatPercent(share, { locale: "en-GB" });
  expect([0, 0.00004, 0.0006, 0.0041, 0.0191, 0.052, 0.446, 0.9996, 1].map(percent)).toEqual([
    "0\u00a0%",
    "0.004\u00a0%",
    "0.06\u00a0%",
    "0.41\u00a0%",
    "1.91\u00a0%",
    "5.2\u00a0%",
    "44.6\u00a0%",
    "100\u00a0%",
    "100\u00a0%",
  ]);
  expect(plain(formatPercent(0.446, { locale: "de-DE" }))).toBe("44,6 %");
});

test("a change has an arrow and a sign, and none where nothing changed", () => {
  expect(formatChange(-0.25, "en-GB")).toEqual({
    direction: "down",
    arrow: "▼",
    size: "25\u00a0%",
    text: "▼\u00a0−25\u00a0%",
  });
  expect(formatChange(0.031, "en-GB").text).toBe("▲\u00a0+3.1\u00a0%");
  expect(formatChange(0.0001, "en-GB").direction).toBe("none");
});

test("a stretch of time is said in its two largest units", () => {
  const said = [0.2, 41, 410, 9_994, 12_340, 59_990, 200_000, 7_380_000, 7_200_000].map((ms) =>
    plain(formatDuration(ms, "en-GB")),
  );
  expect(said).toEqual(["< 1 ms", "41 ms", "0.41 s", "9.99 s", "12.3 s", "1 min", "3 min 20 s", "2 h 3 min", "2 h"]);
});

test("counts, bytes and short counts", () => {
  expect(formatCount(20_000, "en-GB")).toBe("20,000");
  expect(formatCompact(1_284_113, "en-GB")).toBe("1.28m");
  expect([999, 1000, 999_500, 12_345_678].map((bytes) => plain(formatBytes(bytes, "en-GB")))).toEqual([
    "999 B",
    "1.0 kB",
    "1.0 MB",
    "12.3 MB",
  ]);
});

test("a sentence does not break between a number and its per cent", () => {
  expect(unbroken("87 % of `customers` (0.5 % of all); 20% and % stay")).toBe(
    "87\u00a0% of `customers` (0.5\u00a0% of all); 20% and % stay",
  );
});
