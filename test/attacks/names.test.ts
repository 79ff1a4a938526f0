import { describe, expect, it } from "vitest";
import { segmentSizes } from "../../server/figures/segmentation.ts";
import { compareWithLock } from "../../server/run/lock/compare.ts";
import type { CellView, SummaryView } from "../../server/run/view.ts";
import { cell, openRuns } from "../server/run/notebook-runs.ts";

/** What every object answers to, though nobody put it there. */
const CSV = "constructor,toString,__proto__,hasOwnProperty\n1,a,b,c\n2,d,e,f\n";
const SOURCE = cell("source", "constructor", "files: constructor\nformat: csv");
const TEXT =
  SOURCE +
  cell("input", "valueof", "type: number\ndefault: 3") +
  cell("sql", "read", 'SELECT "toString", __proto__, $valueof AS valueof FROM constructor');

describe("names that every object has", () => {
  it("are names like others for cells, files and columns, today and the day after", async () => {
    const runs = await openRuns({ constructor: CSV });
    for (const origin of ["computed", "found"]) {
      const ran = await runs.run(TEXT);
      expect([ran.cell("constructor"), ran.cell("read")]).toMatchObject([{ origin }, { origin }]);
      expect((await runs.plan(TEXT)).states).toEqual({ constructor: "fresh", valueof: "fresh", read: "fresh" });
    }
    expect(await runs.rows(TEXT, "read")).toEqual([
      ["a", "b", 3],
      ["d", "e", 3],
    ]);
  });

  it("are missing from a lock that does not have them", async () => {
    const runs = await openRuns({ constructor: CSV });
    const other = cell("sql", "other", "SELECT 1 AS a");
    const before = (await runs.run(other, { lock: true })).result.lock?.lock;
    const today = (await runs.run(other + SOURCE, { lock: true })).result.lock;
    if (before === undefined || !today) throw new Error("no lock");
    const verdicts = compareWithLock({ before, today, failed: {} });
    expect(verdicts.map((one) => [one.cell, one.verdict, one.reasons])).toEqual([
      ["other", "same", []],
      ["constructor", "different", ["It is not in the lock."]],
    ]);
  });

  it("say nothing of a segment that has no rule of its own", () => {
    const view = { kind: "cluster", body: {}, words: {}, relations: [], rows: 3 } as unknown as CellView;
    const summary = { columns: [{ name: "cluster_name", top: [{ value: "constructor", rows: 3 }] }] };
    for (const size of segmentSizes(view, summary as unknown as SummaryView, 3)) expect(size.words).toBeNull();
  });
});
