import { expect, test } from "vitest";
import { clusterSchema } from "../../../../server/cells/cluster/schema.ts";
import { members } from "../../../../server/cells/cluster/work.ts";
import { cell, openRuns } from "../../run/notebook-runs.ts";

const MANY = 101_000;
const random = (salt: number) => `hash(i * 31 + ${salt} * 7919) % 10007`;
const head = "---\nsegbook: 1\nentity: id\n---\n\n";

/** Two clouds apart; whole numbers, so that many people are the same. */
const people = (rows: number) =>
  cell(
    "sql",
    "people",
    `SELECT i AS id, (i % 2) * 90 + ${random(1)} % 20 AS a, (i % 2) * 60 + ${random(2)} % 15 AS b FROM range(${rows}) AS t(i)`,
  );

test("more than 100,000 people are clustered by way of micro-clusters, which a note says, with all of a cluster cell's relations", async () => {
  const runs = await openRuns();
  const text = `${head}${people(MANY)}${cell("cluster", "groups", "of: people\ncolumns: [a, b]\nk: 2")}`;
  const ran = await runs.run(text, { cells: ["groups", "groups_validity"] });
  expect(ran.cell("groups")).toMatchObject({ state: "fresh" });
  expect(ran.cell("groups").problems).toContainEqual(
    expect.objectContaining({ code: "micro-clusters", message: expect.stringContaining("stand for 101,000 people") }),
  );
  const profile = await runs.rows(text, "groups_profile");
  if (typeof profile === "string") throw new Error(profile);
  expect(profile.map((row) => row.slice(0, 4))).toEqual([
    [1, 50_500, 0.5, "a"],
    [1, 50_500, 0.5, "b"],
    [2, 50_500, 0.5, "a"],
    [2, 50_500, 0.5, "b"],
  ]);
  const merges = await runs.rows(text, "groups_merges");
  if (typeof merges === "string") throw new Error(merges);
  const last = merges.at(-1);
  expect(merges.length).toBeLessThan(6000);
  expect(Number(last?.[4] ?? 0)).toBeGreaterThan(0);
  const [best] = (await runs.rows(text, "groups_validity")) as unknown[][];
  expect(best?.[0]).toBe(2);
  expect(best?.[4]).toBeGreaterThan(0.99);
});

test("everybody has the cluster of their own numbers, in whatever order they come, whatever columns are called, whoever is left out", async () => {
  const runs = await openRuns();
  const rows = 50_021;
  const mixed = cell(
    "sql",
    "people",
    `SELECT i * 7919 % ${rows} AS id, CASE WHEN id % 10 = 3 THEN NULL ELSE id % 3 * 100 + i % 7 END AS rowid,
  id % 3 * 1000 AS "column 1" FROM range(${rows}) AS t(i)`,
  );
  const body = 'of: people\ncolumns: [rowid, "column 1"]\nmissing: drop\nscale: none\nk: 3';
  const counts = cell(
    "sql",
    "counts",
    `SELECT cluster, count(*) AS n, min(groups.id % 3) AS low, max(groups.id % 3) AS high, count(*) FILTER (groups.id % 10 = 3) AS gaps
FROM groups GROUP BY 1 ORDER BY 1`,
  );
  const placed = cell(
    "sql",
    "placed",
    `SELECT count(*) AS n, count(*) FILTER (m."column 1" <> m.id % 3 * 1000 OR m.cluster <> g.cluster) AS wrong
FROM groups_map AS m JOIN groups AS g USING (id)`,
  );
  const text = `${head.replace("entity: id", "entity: id\nexclude: '\"column 1\" = 2000 and rowid > 203'")}${mixed}${cell("cluster", "groups", body)}${counts}${placed}`;
  const ran = await runs.run(text, { cells: ["counts", "placed"] });
  expect(ran.cell("placed")).toMatchObject({ state: "fresh" });
  const found = await runs.rows(text, "counts");
  if (typeof found === "string") throw new Error(found);
  const sizes = found.map((row) => Number(row[1]));
  expect(found.every((row) => row[2] === row[3] && row[4] === 0)).toBe(true);
  expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
  const inAll = sizes.reduce((sum, size) => sum + size, 0);
  expect(await runs.rows(text, "placed")).toEqual([[inAll, 0]]);
  expect(inAll).toBeGreaterThan(35_000);
});

test("keys that are there twice are told, and those that are excluded too", async () => {
  const runs = await openRuns();
  const twice = cell("sql", "people", "SELECT i // 2 AS id, i AS a FROM range(50) AS t(i)");
  for (const exclude of ["", "exclude: a < 100\n"]) {
    const text = `${head.replace("entity: id\n", `entity: id\n${exclude}`)}${twice}${cell("cluster", "groups", "of: people\ncolumns: [a]\nk: 2")}`;
    expect((await runs.run(text, { cells: ["groups"] })).cell("groups").problems).toMatchObject([
      { code: "entity-not-unique", message: expect.stringContaining("more than one row for 25 id values") },
    ]);
  }
});

test("average, complete and single say how many different people they take", async () => {
  const runs = await openRuns();
  const apart = cell("sql", "people", "SELECT i AS id, i AS a, (i * i) % 7919 AS b FROM range(201000) AS t(i)");
  const methods = ["average", "complete", "single"];
  const cells = methods.map((method) =>
    cell("cluster", method, `of: people\ncolumns: [a, b]\nmethod: ${method}\nk: 2`),
  );
  const ran = await runs.run(`${head}${apart}${cells.join("")}`, { cells: methods });
  const limits = { average: "20000", complete: "20000", single: "200000" };
  for (const [method, limit] of Object.entries(limits)) {
    expect(ran.cell(method).problems).toMatchObject([
      { code: "too-many-rows", message: expect.stringContaining(`up to ${limit} different rows`) },
    ]);
  }
});

test("more than 100,000 people with ties, a column of one value and missing values all get a cluster", async () => {
  const columns = [
    { name: "visits", values: numbers((row) => (row * 7919) % 13) },
    { name: "country", values: numbers(() => 4) },
    { name: "orders", values: numbers((row) => (row % 50 === 0 ? Number.NaN : (row * 104_729) % 5)) },
  ];
  const body = clusterSchema.parse({ of: "people", columns: columns.map(({ name }) => name), missing: "median", k: 3 });
  const told: number[] = [];
  const found = await members({ body, columns, seed: 1, earlier: null }, (share) => told.push(share));
  if (!found.ok) throw new Error(found.message);
  const { kept, labels, distances, profile, findings } = found.value;
  // What is told between 0.1 and 0.6 depends on the clock.
  expect(
    [0, ...told, 1].every(
      (share, at, all) => at === 0 || (share >= (all[at - 1] ?? 1) && share - (all[at - 1] ?? 0) < 0.56),
    ),
  ).toBe(true);
  expect(new Set(told.map((share) => Math.floor(share * 100))).size).toBeGreaterThan(15);
  expect(kept).toHaveLength(MANY);
  expect(new Set(labels)).toEqual(new Set([1, 2, 3]));
  expect(distances.some(Number.isNaN)).toBe(false);
  // A missing value is missing from its cluster's profile, too.
  expect(profile.filter(({ mean, median, sd, z }) => [mean, median, sd, z].some(Number.isNaN))).toEqual([]);
  const codes = findings.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(["micro-clusters", "constant-column"]));
});

test("exact: true takes more than 100,000 people each by themselves", async () => {
  const columns = [
    { name: "visits", values: numbers((row) => (row * 7919) % 101) },
    { name: "orders", values: numbers((row) => (row * 104_729) % 97) },
  ];
  const body = clusterSchema.parse({ of: "people", columns: ["visits", "orders"], k: 2, exact: true });
  const found = await members({ body, columns, seed: 1, earlier: null }, () => undefined);
  if (!found.ok) throw new Error(found.message);
  expect(found.value.merges?.rows).toBe(MANY);
  expect(found.value.findings.map(({ code }) => code)).not.toContain("micro-clusters");
});

test("exact beside another method than Ward is a finding at its place", async () => {
  const runs = await openRuns();
  const text = `${head}${people(10)}${cell("cluster", "groups", "of: people\ncolumns: [a, b]\nmethod: average\nexact: true")}`;
  const ran = await runs.run(text, { cells: ["groups"] });
  expect(ran.cell("groups").problems).toMatchObject([{ message: expect.stringContaining("expected method: ward") }]);
});

function numbers(of: (row: number) => number): Float64Array {
  return Float64Array.from({ length: MANY }, (_, row) => of(row));
}
