import { describe, expect, it } from "vitest";
import { CallFault } from "../../../server/commands/command.ts";
import { monitor } from "../../../server/commands/monitor.ts";
import { testWorkspace } from "../../workspace.ts";
import { counts, watching } from "./monitored.ts";

describe("segbook monitor", () => {
  it("prints what changed and exits 3 where an alert opened, 0 where nothing is new, 1 where a notebook failed", async () => {
    const workspace = await testWorkspace({
      notebooks: { "a.md": watching(), "none.md": "---\nsegbook: 1\n---\n" },
      data: { "counts.csv": counts(90) },
    });
    const first = await workspace.segbook("monitor", "--json");
    const lines = first.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([first.code, first.stderr]).toEqual([3, "1 notebook up to date.\n"]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      ...{ type: "opened", notebook: "notebooks/a.md", cell: "watch", segment: "VIP", metric: "click_rate" },
      ...{ direction: "down", tier: "confirmed", before: null, closed: null, incident: null },
    });

    const again = await workspace.segbook("monitor");
    expect([again.code, again.stdout]).toEqual([0, ""]);

    await workspace.write("data/counts.csv", counts(130));
    const refreshed = await workspace.segbook("run", "notebooks/a.md", "--refresh");
    expect(refreshed.code).toBe(0);
    expect(refreshed.stderr).toMatch(/^ {2}closed {5}confirmed, the rate is back: VIP: click rate fell /m);

    await workspace.write("notebooks/broken.md", watching("columns: {period: date, opened: {required: true}}"));
    const third = await workspace.segbook("monitor", "--since", "2020-01-01");
    expect(third.code).toBe(1);
    expect(third.stderr).toMatch(/^notebooks\/broken\.md:\d+:\d+ error counted \[/m);
    expect(third.stderr).toContain("1 of 2 notebooks failed.");
    expect(
      third.stdout
        .trim()
        .split("\n")
        .map((line) => line.replace(/^\S+ (.*?):.*$/, "$1")),
    ).toEqual([
      "notebooks/a.md watch opened     confirmed",
      "notebooks/a.md watch closed     confirmed, the rate is back",
    ]);
  });

  it("refuses tiers and days that are none", async () => {
    await expect(monitor({ workspace: ".", tier: "sure" })).rejects.toThrow(CallFault);
    await expect(monitor({ workspace: ".", since: "last week" })).rejects.toThrow(/--since takes a date/);
    await expect(monitor({ workspace: ".", since: "2026-02-31" })).rejects.toThrow(/--since takes a date/);
  });
});
