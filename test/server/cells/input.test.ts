import { describe, expect, it } from "vitest";
import { input, inputValue } from "../../../server/cells/input.ts";
import { DEFAULT_HEAD } from "../../../server/notebook/head.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";

/** The value of an input of this body, or the code of what is wrong with it. */
function valueFor(body: string, given?: string | number | boolean) {
  const [cell] = parseNotebook(`---\nsegbook: 1\n---\n\n\`\`\`input x\n${body}\n\`\`\`\n`).cells;
  const reading = cell === undefined ? null : input.read(cell, DEFAULT_HEAD, []);
  if (!reading?.ok) return reading?.problems.map(({ code }) => code).join();
  const result = inputValue("x", reading.value, given);
  return result.ok ? result.value.value : result.code;
}

describe("an input's value", () => {
  it.each([
    ["type: number\ndefault: 5", undefined, 5],
    ["type: number\ndefault: 5", "7.5", 7.5],
    ["type: number\ndefault: 5", "1e3", 1000],
    ["type: number\ndefault: 5", "", "input-type"],
    ["type: number\ndefault: 5", "five", "input-type"],
    ["type: number\ndefault: 5", "Infinity", "input-type"],
    ["type: number\ndefault: five", undefined, "input-type"],
    ["type: number\ndefault: 5\nmin: 1\nmax: 9", 0.5, "input-range"],
    ["type: number\ndefault: 5\nmin: 1\nmax: 9", 9, 9],
    ["type: number\ndefault: 5\nmin: 1\nmax: 9", 9.5, "input-range"],
    ["type: boolean\ndefault: true", "false", false],
    ["type: boolean\ndefault: true", "yes", "input-type"],
    ["type: date\ndefault: 2026-10-31", undefined, "2026-10-31"],
    ["type: date\ndefault: 2026-10-31", "2026-02-29", "input-type"],
    ["type: date\ndefault: 2026-10-31", "2024-02-29", "2024-02-29"],
    ["type: date\ndefault: 2026-10-31", "31.10.2026", "input-type"],
    ["type: date\ndefault: 2026-10-31\nmin: 2026-01-01\nmax: 2026-12-31", "2027-01-01", "input-range"],
    ["type: timestamp\ndefault: 2026-10-31", "2026-10-31T09:30:00", "2026-10-31T09:30:00"],
    ["type: timestamp\ndefault: 2026-10-31", "2026-10-31 25:00", "input-type"],
    ["type: text\ndefault: 007", undefined, "007"],
    ["type: text\ndefault: null", undefined, "null"],
    ["type: text\ndefault: ''", undefined, ""],
    ["type: text\ndefault: a", 5, "5"],
    ["type: choice\noptions: [01, yes, null]\ndefault: 01", undefined, "01"],
    ["type: choice\noptions: [01, yes, null]\ndefault: yes", "null", "null"],
    ["type: choice\noptions: [a, b]\ndefault: a", "c", "input-option"],
    ["type: choice\noptions: [a, b]\ndefault: c", undefined, "input-option"],
    ["type: number", undefined, "missing-key"],
    ["type: nmber\ndefault: 1", undefined, "bad-value"],
    ["type: number\ndefault: $y", undefined, "unknown-input"],
  ])("%j, given %j, is %j", (body, given, value) => {
    expect(valueFor(body, given)).toBe(value);
  });
});
