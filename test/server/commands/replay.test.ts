import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, ORDERS, orders, withHead } from "../run/notebook-runs.ts";

const NOTEBOOK = withHead(
  orders() +
    cell("features", "buyers", "columns:\n  recency: days since last placed order") +
    cell("segments", "groups", "of: buyers\nsegments:\n  Lately: recency < 14"),
);

describe("segbook replay", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "n.md": NOTEBOOK }, data: { "orders.csv": ORDERS } });
  });
  afterAll(() => workspace.remove());
  const replay = (...args: string[]) => workspace.segbook("replay", "notebooks/n.md", ...args);

  it("prints who would have been in, week by week", async () => {
    const said = await replay("groups.Lately", "--weeks", "4", "--format", "csv");
    expect(said).toMatchObject({ code: 0 });
    const rows = said.stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(",").slice(1, 5).join(" "));
    // Orders were placed on 1 and 2 October.
    expect(rows).toEqual([
      "2026-10-11T00:00:00+00:00 2 0 0",
      "2026-10-18T00:00:00+00:00 0 0 2",
      "2026-10-25T00:00:00+00:00 0 0 0",
      "2026-11-01T00:00:00+00:00 0 0 0",
    ]);
    expect((await replay("groups.Lately", "--weeks", "1")).stdout).toMatch(
      /^week to +in it +came +left\n2026-10-31 +0 +0 +0\n$/,
    );
  });

  it("ends with 1 where there is no such segment, and with 2 where the call is wrong", async () => {
    expect(await replay("groups.Latly")).toMatchObject({ code: 1, stdout: "" });
    expect(await replay("groups")).toMatchObject({ code: 2 });
    expect(await replay("groups.Lately", "--weeks", "61")).toMatchObject({ code: 2 });
  });
});
