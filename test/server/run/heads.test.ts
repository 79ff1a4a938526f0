import { describe, expect, it } from "vitest";
import { cell, openRuns } from "./notebook-runs.ts";

const ONE = cell("sql", "one", "SELECT 1 AS a");

describe("a notebook that can't be run as a whole", () => {
  it("is one whose head is at fault: a slip there must not change what is computed in silence", async () => {
    const runs = await openRuns();
    const ran = await runs.run(`---\nsegbook: 1\ntime_zone: Europe/Berlin\n---\n\n${ONE}`);
    expect(ran.story).toEqual(["one blocked"]);
    expect(ran.cell("one").reason).toBe("the head is at fault.");
    expect(ran.result).toMatchObject({ state: "failed", problems: [{ code: "unknown-key", line: 3 }] });
  });

  it("is one of a newer format, which opens for reading only", async () => {
    const runs = await openRuns();
    const ran = await runs.run(`---\nsegbook: 2\n---\n\n${ONE}`);
    expect(ran.story).toEqual(["one blocked"]);
    expect(ran.cell("one").reason).toBe("the notebook's newer format is at fault.");
    expect(ran.result.state).toBe("failed");
  });

  it("is one without a head", async () => {
    const runs = await openRuns();
    const { result } = await runs.run(`--- \nno head\n${ONE}`);
    expect([result.state, result.cells.map(({ state }) => state)]).toEqual(["failed", ["blocked"]]);
  });

  it("is none where only one cell's fence is never closed", async () => {
    const runs = await openRuns();
    const ran = await runs.run(`${ONE}\`\`\`sql open\nSELECT 1 AS a\n`);
    expect(ran.story).toEqual(["one computed", "open failed"]);
    expect(ran.codes("open")).toEqual(["unclosed-fence"]);
  });
});

describe("inputs", () => {
  it("that are at fault block what reads them and nothing else", async () => {
    const runs = await openRuns();
    const notebook =
      cell("input", "least", "type: number\ndefault: 5\nmax: 10") + cell("sql", "s", "SELECT $least AS a") + ONE;
    const ran = await runs.run(notebook, { set: { least: "50" } });
    expect(ran.story).toEqual(["least failed", "s blocked", "one computed"]);
    expect(ran.cell("least").problems).toMatchObject([{ code: "input-range", line: 8 }]);
    const unread = await runs.run(
      cell("input", "least", "type: numbr\ndefault: 5") + cell("sql", "s", "SELECT $least AS a"),
    );
    expect(unread.story).toEqual(["least failed", "s blocked"]);
  });

  it("that are set but are none of the notebook's are told", async () => {
    const runs = await openRuns();
    const { view } = await runs.plan(ONE, { set: { last: "1" } });
    expect(view.problems).toMatchObject([{ code: "unknown-input", cell: null }]);
  });

  it("have names that are no keys of objects", async () => {
    const runs = await openRuns();
    const { view } = await runs.plan(cell("input", "constructor", "type: text\ndefault: x"));
    expect(view.inputs).toMatchObject([{ id: "constructor", value: "x" }]);
  });

  it("of each type reach SQL as values of that type", async () => {
    const runs = await openRuns();
    const inputs =
      cell("input", "d", "type: date\ndefault: 2026-10-01") +
      cell("input", "t", "type: timestamp\ndefault: 2026-10-01T12:30:00") +
      cell("input", "n", "type: number\ndefault: 5") +
      cell("input", "x", "type: number\ndefault: 0.5") +
      cell("input", "w", 'type: text\ndefault: "it\'s"') +
      cell("input", "b", "type: boolean\ndefault: true") +
      cell("input", "c", "type: choice\noptions: [01, null]\ndefault: 01");
    const notebook = `${inputs}${cell("sql", "s", "SELECT $d AS d, $t AS t, $n AS n, $x AS x, $w AS w, $b AS b, $c AS c, $as_of AS m")}`;
    const ran = await runs.run(notebook);
    expect(ran.result.cells.flatMap(({ problems }) => problems)).toEqual([]);
    expect(await runs.rows(notebook, "s")).toEqual([
      ["2026-10-01", "2026-10-01T12:30:00", 5, 0.5, "it's", true, "01", "2026-11-01T00:00:00"],
    ]);
  });
});
