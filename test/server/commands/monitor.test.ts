import { rm } from "node:fs/promises";
import { join } from "node:path";
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
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      ...{ type: "opened", notebook: "notebooks/a.md", cell: "watch", segment: "VIP", metric: "click_rate" },
      ...{ direction: "down", tier: "confirmed", before: null, closed: null, incident: null },
    });

    // Three segments' click rates.
    expect(lines[1]).toMatchObject({ type: "list", share: 0.1, of: 3 });
    expect(lines[1].series).toEqual([
      { notebook: "notebooks/a.md", cell: "watch", segment: "VIP", metric: "click_rate", e_value: expect.any(Number) },
    ]);
    expect(lines[1].series[0].e_value).toBeGreaterThan(30);

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

  it("follows a notebook and a monitor to their new names, and says what to do of one that is gone", async () => {
    const workspace = await testWorkspace({
      notebooks: { "a.md": watching() },
      data: { "counts.csv": counts(90) },
    });
    expect((await workspace.segbook("monitor")).code).toBe(3);
    await rm(join(workspace.root, "notebooks/a.md"));
    await workspace.write("notebooks/b.md", watching().replace("monitor watch", "monitor clicks"));
    // Another name of both at once is another monitor.
    const lost = await workspace.segbook("monitor", "--json");
    const told = lost.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.map(({ type }) => type)).toEqual(["opened", "list", "gone"]);
    expect(told[2]).toMatchObject({ notebook: "notebooks/a.md", cell: "watch", alerts: [expect.any(String)] });
    expect((await workspace.segbook("monitor")).stderr).toMatch(
      /^notebooks\/a\.md watch: this monitor is gone, and 1 alert of it is not closed: no run will\. Put it back/,
    );

    await rm(join(workspace.root, "notebooks/b.md"));
    await workspace.write("notebooks/a.md", watching());
    const back = await workspace.segbook("monitor");
    expect([back.code, back.stderr]).toEqual([
      0,
      expect.stringMatching(/^notebooks\/b\.md clicks: this monitor is gone/),
    ]);
    await rm(join(workspace.root, "notebooks/a.md"));
    await workspace.write("notebooks/c.md", watching());
    const moved = await workspace.segbook("monitor");
    expect([moved.code, moved.stdout]).toEqual([0, expect.stringMatching(/^today's list: 1 of 3 series/)]);
    await workspace.write("notebooks/c.md", watching().replace("monitor watch", "monitor clicks"));
    const renamed = await workspace.segbook("monitor", "--json");
    expect(renamed.code).toBe(0);
    expect(renamed.stdout).not.toContain('"type":"opened"');
    expect(renamed.stdout).not.toContain('"cell":"watch"');
  });

  it("refuses tiers and days that are none", async () => {
    await expect(monitor({ workspace: ".", tier: "sure" })).rejects.toThrow(CallFault);
    await expect(monitor({ workspace: ".", since: "last week" })).rejects.toThrow(/--since takes a date/);
    await expect(monitor({ workspace: ".", since: "2026-02-31" })).rejects.toThrow(/--since takes a date/);
  });
});
