import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, ORDERS, orders, withHead } from "../run/notebook-runs.ts";

// Orders were placed on 1 September, 1 and 2 October; the notebook's moment is the end of 31 October.
const NOTEBOOK = withHead(
  orders() +
    cell("features", "buyers", "columns:\n  recency: days since last placed order") +
    cell("segments", "groups", "of: buyers\nsegments:\n  Lately: recency < 31\n  Gone: recency >= 31"),
);

describe("segbook forecast", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "n.md": NOTEBOOK }, data: { "orders.csv": ORDERS } });
  });
  afterAll(() => workspace.remove());
  const forecast = (...args: string[]) => workspace.segbook("forecast", "notebooks/n.md", ...args);

  it("prints how many drop out of each segment and come into it by time alone", async () => {
    const said = await forecast("--format", "csv");
    expect(said).toMatchObject({ code: 0, stderr: "if nothing happens from 2026-10-31 until 2026-11-07\n" });
    expect(said.stdout).toBe("cell,segment,size,leaving,entering\ngroups,Lately,2,2,0\ngroups,Gone,1,0,2\n");
  });

  it("prints who drops out of one segment, and on which day", async () => {
    const said = await forecast("groups.Lately", "--format", "json");
    expect(JSON.parse(said.stdout)).toEqual([
      { person: "1", day: "2026-11-01" },
      { person: "2", day: "2026-11-02" },
    ]);
    expect(said.stderr).toContain("2 drop out");
    const table = await forecast("groups.Gone", "--who", "entering", "--days", "1");
    expect(table.stdout).toMatch(/person +day\n─+ +─+\n1 +2026-11-01\n1 row\n/);
  });

  it("ends with 2 where the call is wrong", async () => {
    const unknown = await forecast("groups.Latly");
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(unknown.stderr).toContain("There are: groups.Lately, groups.Gone.");
    expect(await forecast("groups")).toMatchObject({ code: 2 });
    expect(await forecast("--days", "32")).toMatchObject({ code: 2 });
    expect(await forecast("--who", "staying")).toMatchObject({ code: 2 });
  });
});
