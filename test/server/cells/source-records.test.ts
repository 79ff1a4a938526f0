import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitFields } from "../../../server/cells/source/csv/fields.ts";
import { LineMap } from "../../../server/cells/source/csv/line-map.ts";
import { readRecords } from "../../../server/cells/source/csv/read-records.ts";
import { isEnclosed } from "../../../server/cells/source/enclosed.ts";
import { source } from "../../../server/cells/source.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";
import { putFile, sourceCell } from "./put-file.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const field = fc.string({
  unit: fc.constantFrom("a", "é", "😀", "1", " ", ",", ";", '"', "'", "\n", "\r", "\r\n", "\\", "#"),
  maxLength: 6,
});
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

interface Style {
  readonly end: string;
  readonly delimiter: string;
  readonly always: boolean;
  readonly mark: boolean;
}

const style = fc.record<Style>({
  end: fc.constantFrom("\n", "\r\n", "\r"),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  always: fc.boolean(),
  mark: fc.boolean(),
});

/** Written by the letter of RFC 4180; a field is quoted where it must be, or always. */
function written(rows: readonly (readonly string[])[], { end, delimiter, always, mark }: Style): string {
  const quoted = (text: string) => always || /["\r\n\\#']|^ | $|^$/.test(text) || text.includes(delimiter);
  const line = (row: readonly string[]) =>
    row.map((text) => (quoted(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter);
  return (mark ? "\ufeff" : "") + rows.map(line).join(end) + end;
}

describe("CSV as it is written", () => {
  it("comes back field by field, however it was written", async () => {
    await fc.assert(
      fc.asyncProperty(table, style, async (rows, how) => {
        const names = (rows[0] ?? []).map((_, index) => `c${index}`);
        await putFile(bench, "p.csv", written([names, ...rows], how));
        const delimiter = how.delimiter === "\t" ? "tab" : how.delimiter;
        const body = `files: p.csv\ncsv: {delimiter: '${delimiter}', null_values: []}\ncolumns: {${names.map((name) => `${name}: text`).join(", ")}}`;
        const ran = await studyAndRun(bench, source, { notebook: sourceCell(body) });
        expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
        expect((await ran.rows()).map((row) => Object.values(row))).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it("is read or refused with a reason, whatever bytes it is made of", async () => {
    const piece = fc.constantFrom("a", "1", ",", '"', "\n", "\r", "\r\n", " ", "\0", "é", '""', ",,", "\n\n", "x,y\n");
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        await putFile(bench, "f.csv", pieces.join(""));
        const ran = await studyAndRun(bench, source, { notebook: sourceCell("files: f.csv") });
        const errors = ran.problems.filter(({ severity }) => severity === "error");
        for (const { message, hint } of errors) {
          expect(message).toContain("`f.csv`");
          expect(hint).not.toBe("");
        }
        // A disagreement between our reading and the engine's would be told under this code.
        expect(errors.map(({ code }) => code)).not.toContain("csv-ambiguous");
        if (errors.length === 0) await ran.rows();
      }),
      { numRuns: 150 },
    );
  });

  it("is split into the same records wherever its bytes are cut into pieces", async () => {
    await fc.assert(
      fc.asyncProperty(table, style, fc.integer({ min: 1, max: 7 }), async (rows, how, size) => {
        const bytes = Buffer.from(written(rows, { ...how, mark: false }));
        const chunks = async function* () {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
        };
        const found: string[][] = [];
        await readRecords(chunks(), {
          dialect: { delimiter: how.delimiter.charCodeAt(0), quote: 34 },
          skip: 0,
          take(buffer, span, flaw) {
            expect(flaw).toBe("none");
            found.push(splitFields(buffer.toString("utf8", span.start, span.end), how.delimiter, '"'));
            expect(span.fields).toBe(found.at(-1)?.length);
            return true;
          },
        });
        expect(found).toEqual(rows);
      }),
    );
  });
});

describe("lines of rows", () => {
  it("are found again after rows over several lines", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 200 }), (heights) => {
        const map = new LineMap();
        const lines = heights.map((_, index) => 2 + heights.slice(0, index).reduce((sum, height) => sum + height, 0));
        for (const line of lines) map.add(line);
        expect(lines.map((_, index) => map.lineOf(index + 1))).toEqual(lines);
        expect(map.lineOf(lines.length + 1)).toBeNull();
      }),
    );
  });
});

describe("a piece of SQL", () => {
  it.each([
    ["a = 1 AND (b = 2)", true],
    ["a = ')' AND \"(\" = 1", true],
    ["a = 'it''s' -- )", true],
    ["a = $$)$$", true],
    ["a = E'\\')'", true],
    ["date'2026-01-01' < b", true],
    ["a /* ) */ = 1", true],
    ["a = 1) OR (true", false],
    ["a = 'open", false],
    ["(a = 1", false],
    ["a = 1; SELECT 2", false],
    ["a /* open", false],
    ["'\\') OR ('", false],
  ])("stays inside brackets or does not: %s", (sql, enclosed) => {
    expect(isEnclosed(sql)).toBe(enclosed);
  });
});
