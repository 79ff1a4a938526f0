import { expect, test } from "vitest";
import { testWorkspace } from "../../workspace.ts";
import { notebook, peopleFile, threeKinds } from "../run/clusters/people.ts";
import { withHead } from "../run/notebook-runs.ts";

test("segbook run --refresh tells what became of clusters; assign: nearest wants a lock, and takes its centres", async () => {
  const text = withHead(notebook("k: 3\nnames: {1: Sparse, 2: Spenders, 3: Regulars}"));
  const { a, b, c } = threeKinds();
  const workspace = await testWorkspace({
    notebooks: { "a.md": text },
    data: { "people.csv": peopleFile([...a, ...b, ...c]) },
  });
  const run = (...flags: string[]) => workspace.segbook("run", "notebooks/a.md", ...flags);
  expect((await run("--refresh")).stderr).not.toContain("changed cluster");
  await workspace.write(
    "data/people.csv",
    peopleFile([...a, ...c, ...b.map(([id, x, y]) => [id, x - 100, y + 100] as const)]),
  );
  await workspace.write("notebooks/a.md", text.replace("k: 3", "k: 2"));
  const said = await run("--refresh", "--lock");
  expect(said.stderr).toContain("  kinds: 27.3 % of the people changed cluster.\n");
  expect(said.stderr).toContain("  kinds: `Regulars` merged into cluster 2: 100 % of its people are there.\n");
  // The lock has today's numbers, whatever was recorded before.
  const held = await run("--locked");
  expect([held.code, held.stdout.trim().split("\n").at(-1)]).toEqual([0, "All 2 cells are as a.lock.json has them."]);
  await workspace.write("notebooks/b.md", text.replace("k: 3", "assign: nearest"));
  const checked = await workspace.segbook("check", "notebooks/b.md", "--json");
  expect([checked.code, checked.stdout.includes("nearest-without-lock")]).toEqual([1, true]);
  await workspace.write("notebooks/b.lock.json", await workspace.read("notebooks/a.lock.json"));
  const shown = await workspace.show("notebooks/b.md", "kinds");
  const rows = await workspace.show("notebooks/a.md", "kinds");
  expect(shown.map(({ customer_id, cluster, segment }) => [customer_id, cluster, segment])).toEqual(
    rows.map(({ customer_id, cluster, segment }) => [customer_id, cluster, segment]),
  );
});
