import { expect, it } from "vitest";
import { defaultLimits } from "../../../server/run/limits.ts";
import { Session } from "../../../server/run/session.ts";
import { cell, openRuns } from "./notebook-runs.ts";

it("a cell of more rows than it may have ends long before its last row; one of just so many keeps their order", async () => {
  const runs = await openRuns();
  const { workspace } = runs;
  runs.sessions.unshift(new Session(workspace, { ...defaultLimits(workspace.root), rows: 300_000 }));
  // A million times a million rows would take days.
  const endless = cell("sql", "endless", "SELECT 1 AS one FROM range(1000000) a, range(1000000) b");
  const full = cell("sql", "full", "SELECT range AS i FROM range(300000) ORDER BY i DESC");
  const ran = await runs.run(endless + full);
  expect(ran.codes("endless")).toEqual(["limit-rows"]);
  expect(ran.cell("endless").problems[0]?.message).toContain("300,000");
  expect(ran.cell("full")).toMatchObject({ state: "fresh", rows: 300_000 });
  const rows = await runs.rows(endless + full, "full", { limit: 3 });
  expect(String(rows)).toBe("299999,299998,299997");
});
