import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusterSchema } from "../../../server/cells/cluster/schema.ts";
import { cluster } from "../../../server/cells/cluster.ts";
import { type Bench, type Given, openBench, type Ran, studyAndRun } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Three kinds of people, told apart by orders and recency: 100 frequent, 60 lapsed, 40 new; keys in mixed order. */
const PEOPLE = `
  SELECT 'c' || lpad(((i * 7) % 200)::VARCHAR, 3, '0') AS customer_id,
    CASE WHEN i < 100 THEN 20 + i % 5 WHEN i < 160 THEN 2 + i % 2 ELSE 3 + i % 2 END AS orders_90d,
    (CASE WHEN i < 100 THEN 5 + i % 7 WHEN i < 160 THEN 200 + i % 20 ELSE 10 + i % 7 END)::DECIMAL(10, 2) AS recency_days,
    CASE WHEN i < 160 THEN 900 + i % 50 ELSE 20 + i % 9 END AS days_known,
    i % 2 = 0 AS opted_in,
    'UK' AS country
  FROM range(200) AS t(i)`;

const BODY = "of: people\ncolumns: [orders_90d, recency_days, days_known]";

describe("a cluster cell", () => {
  test("puts each entity in a cluster, numbered by size and named", async () => {
    const ran = await run(`${BODY}\nk: 3\nnames:\n  1: Frequent Buyers\n  3: "Newcomers"`);
    expect(errors(ran)).toEqual([]);
    expect(ran.written).toEqual(["", "_profile", "_merges", "_centres", "_map", "_components", "_scaling"]);
    const rows = await ran.rows();
    expect(rows).toHaveLength(200);
    expect(rows.map((row) => row.customer_id)).toEqual(rows.map((row) => row.customer_id).toSorted());
    expect(count(rows, "segment")).toEqual({ "Frequent Buyers": 100, "Cluster 2": 60, Newcomers: 40 });
    expect(rows.find((row) => row.customer_id === "c007")).toMatchObject({ cluster: 1, distance: expect.any(Number) });
    expect((await ran.columns()).map(({ name, type }) => `${name} ${type}`)).toEqual([
      "customer_id VARCHAR",
      "cluster INTEGER",
      "segment VARCHAR",
      "distance DOUBLE",
    ]);
  });

  test("gives a profile in the columns' own units, whatever they were transformed and scaled to", async () => {
    const ran = await run(`${BODY}\nk: 3\ntransform:\n  orders_90d: log1p\nscale: zscore`);
    const rows = await ran.rows("_profile");
    expect(rows).toHaveLength(9);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      "cluster",
      "size",
      "share",
      "column",
      "mean",
      "median",
      "sd",
      "population_mean",
      "z",
    ]);
    // Orders of the 100: 20 to 24 in turn; of everybody (2200 + 60 × 2.5 + 40 × 3.5) / 200.
    expect(rows[0]).toMatchObject({
      cluster: 1,
      size: 100,
      share: 0.5,
      column: "orders_90d",
      mean: 22,
      median: 22,
      population_mean: 12.45,
    });
    expect(rows[0]?.sd).toBeCloseTo(Math.sqrt(200 / 99), 12);
    expect(Number(rows[0]?.z)).toBeGreaterThan(0.9);
  });

  test("gives the hierarchy in scipy's layout, and none for kmeans", async () => {
    const merges = await (await run(`${BODY}\nk: 3`)).rows("_merges");
    expect(merges).toHaveLength(199);
    expect(Object.keys(merges[0] ?? {})).toEqual(["step", "left", "right", "height", "size"]);
    expect(merges.at(-1)).toMatchObject({ step: 199, size: 200 });
    expect((await run(`${BODY}\nmethod: kmeans\nk: 3`)).written).toEqual([
      "",
      "_profile",
      "_centres",
      "_map",
      "_components",
      "_scaling",
    ]);
  });

  test.each(["ward", "average", "complete", "single", "kmeans"])("finds the three kinds by %s", async (method) => {
    const ran = await run(`${BODY}\nmethod: ${method}\nk: 3`);
    expect(count(await ran.rows(), "cluster")).toEqual({ 1: 100, 2: 60, 3: 40 });
  });

  test("picks k out of a range and says why", async () => {
    const ran = await run(`${BODY}\nk:\n  auto: [2, 5]`);
    expect(count(await ran.rows(), "cluster")).toEqual({ 1: 100, 2: 60, 3: 40 });
    expect(ran.problems).toContainEqual(
      expect.objectContaining({
        code: "chosen-k",
        severity: "note",
        message: expect.stringMatching(/^k = 3\. 3 clusters stand out most/),
      }),
    );
  });

  test("doubts clusters in data that has none, and takes the smallest k", async () => {
    const relations = {
      people:
        "SELECT i AS customer_id, hash(i) % 1000 AS a, hash(i + 1000) % 1000 AS b, hash(i + 2000) % 1000 AS c FROM range(300) AS t(i)",
    };
    const ran = await run("of: people\ncolumns: [a, b, c]\nk:\n  auto: [3, 5]", { relations });
    expect(count(await ran.rows(), "cluster")).toHaveProperty("3");
    expect(ran.problems).toContainEqual(
      expect.objectContaining({
        code: "no-clusters-stand-out",
        severity: "warning",
        message: expect.stringContaining("No k from 3 to 5 stands out"),
      }),
    );
  });

  test("leaves out whom the head excludes and who has no key", async () => {
    const relations = { people: `${PEOPLE} UNION ALL SELECT NULL, 1, 1, 1, true, 'UK'` };
    const notebook = `---\nsegbook: 1\nexclude: opted_in = TRUE\n---\n${cell(`${BODY}\nk: 2`)}`;
    const ran = await studyAndRun(bench, cluster, { notebook, relations });
    expect(errors(ran)).toEqual([]);
    expect(await ran.rows()).toHaveLength(100);
  });

  test("the same seed gives the same result", async () => {
    const body = `${BODY}\nmethod: kmeans\nk: 4\nseed: 9`;
    const first = await (await run(body)).rows();
    expect(await (await run(body)).rows()).toEqual(first);
  });
});

describe("what is only computed when it is read", () => {
  test("validity has a row for each k of the range, or from 2 to 8 around a fixed one", async () => {
    const asked = await run(`${BODY}\nk:\n  auto: [2, 4]`, { part: "validity" });
    const rows = await asked.rows("_validity");
    expect(asked.written).toEqual(["_validity", "_choice"]);
    expect(rows.map((row) => row.k)).toEqual([2, 3, 4]);
    expect(rows[1]).toMatchObject({
      silhouette: expect.any(Number),
      calinski_harabasz: expect.any(Number),
      davies_bouldin: expect.any(Number),
      stability: 1,
    });
    const fixed = await run(`${BODY}\nk: 3`, { part: "validity" });
    expect((await fixed.rows("_validity")).map((row) => row.k)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test("validity of a k far above those looks at it beside them, not at each number between", async () => {
    const far = await run(`${BODY}\nk: 120`, { part: "validity" });
    expect((await far.rows("_validity")).map((row) => row.k)).toEqual([2, 3, 4, 5, 6, 7, 8, 120]);
  });

  test("rules say each cluster in the rule language, with precision and recall", async () => {
    await run(`${BODY}\nk: 3`);
    const rows = await (await run(`${BODY}\nk: 3`, { part: "rules" })).rows("_rules");
    expect(rows).toEqual([
      { cluster: 1, rule: "orders_90d >= 10", precision: 1, recall: 1 },
      { cluster: 2, rule: "recency_days >= 100", precision: 1, recall: 1 },
      { cluster: 3, rule: "days_known <= 500", precision: 1, recall: 1 },
    ]);
  });
});

describe("missing values", () => {
  const relations = {
    people: `SELECT * REPLACE (CASE WHEN customer_id < 'c010' THEN NULL ELSE orders_90d END AS orders_90d) FROM (${PEOPLE})`,
  };

  test("stop the cell unless it says what to do with them", async () => {
    const ran = await run(`${BODY}\nk: 3`, { relations });
    expect(ran.problems).toMatchObject([
      {
        code: "missing-values",
        severity: "error",
        line: 6,
        message: "Values are missing: orders_90d in 10 of 200 rows.",
      },
    ]);
    expect(ran.written).toEqual([]);
  });

  test("are filled with the median, or their rows dropped, and that is said", async () => {
    const filled = await run(`${BODY}\nk: 3\nmissing: median`, { relations });
    expect(await filled.rows()).toHaveLength(200);
    expect(filled.problems).toContainEqual(expect.objectContaining({ code: "missing-filled", severity: "note" }));
    const dropped = await run(`${BODY}\nk: 3\nmissing: drop`, { relations });
    expect(await dropped.rows()).toHaveLength(190);
    expect(dropped.problems).toContainEqual(expect.objectContaining({ code: "rows-dropped", severity: "warning" }));
  });

  test("a column without any is an error at its place", async () => {
    const empty = { people: `SELECT * REPLACE (NULL::DOUBLE AS days_known) FROM (${PEOPLE})` };
    const ran = await run(`${BODY}\nk: 3\nmissing: median`, { relations: empty });
    expect(ran.problems).toMatchObject([{ code: "column-all-missing", line: 6, column: 37 }]);
  });
});

describe("bad input", () => {
  test("k above the rows, and above the different rows, says how many there are", async () => {
    expect((await run(`${BODY}\nk: 201`)).problems).toMatchObject([
      { code: "k-above-rows", severity: "error", line: 7, message: expect.stringContaining("only 200 rows") },
    ]);
    const ran = await run("of: people\ncolumns: [opted_in]\nk: 3");
    expect(ran.problems).toMatchObject([
      { code: "k-above-distinct-rows", message: expect.stringContaining("only 2 of the 200") },
    ]);
  });

  test("a k of the range that can't be is left out and said to be", async () => {
    const ran = await run("of: people\ncolumns: [opted_in]\nk:\n  auto: [2, 5]");
    expect(count(await ran.rows(), "cluster")).toEqual({ 1: 100, 2: 100 });
    expect(ran.problems).toContainEqual(
      expect.objectContaining({
        code: "k-above-distinct-rows",
        severity: "warning",
        message: expect.stringContaining("left out"),
      }),
    );
  });

  test("a constant column is a warning, and the others still count", async () => {
    const relations = { people: `SELECT *, 5 AS same FROM (${PEOPLE})` };
    const ran = await run("of: people\ncolumns: [same, orders_90d, recency_days, days_known]\nk: 3", { relations });
    expect(ran.problems).toContainEqual(
      expect.objectContaining({
        code: "constant-column",
        severity: "warning",
        message: "same is 5 in every row, so it tells no rows apart.",
      }),
    );
    expect(count(await ran.rows(), "cluster")).toEqual({ 1: 100, 2: 60, 3: 40 });
  });

  test("the key and a column that numbers people are told, and so are clusters that lie over each other", async () => {
    const relations = {
      people: `SELECT i AS customer_id, 7000 + i AS account, i % 5 AS orders, (i * 7919) % 1000 / 10 AS spend FROM range(600) AS t(i)`,
    };
    const body = "of: people\ncolumns: [customer_id, account, orders, spend]\nk: 3";
    const { problems } = await run(body, { relations });
    const told = problems.filter(({ code }) => code === "column-numbers-people");
    expect(told).toMatchObject([
      { severity: "warning", line: 6, column: 11, message: expect.stringContaining("`customer_id` is the key") },
      { severity: "warning", line: 6, column: 24, message: expect.stringContaining("each of the 600 people") },
    ]);
  });

  test.each([
    ["of: nobody\ncolumns: [orders_90d]", "unknown-relation", 5],
    ["of: people\ncolumns: [orders_90]", "unknown-column", 6],
    ["of: people\ncolumns: [country]", "column-not-numeric", 6],
    ["of: people\ncolumns: [orders_90d]\ntransform:\n  recency: log1p", "unknown-column", 8],
    ["of: people\ncolumns: [orders_90d]\nk: 3\nnames:\n  4: Nobody", "name-of-no-cluster", 9],
    ["of: people\ncolumns: [orders_90d, orders_90d]", "column-twice", 6],
    ["of: people\ncolumns: [orders_90d]\nk: {auto: [2, 52]}", "bad-value", 7],
  ])("%j is %s on line %d", async (body, code, line) => {
    expect((await run(body)).problems).toMatchObject([{ code, line, severity: "error" }]);
  });

  test("a range of 50 numbers can be compared", () => {
    const body = { of: "people", columns: ["orders_90d"], k: { auto: [2, 51] } };
    expect(clusterSchema.safeParse(body).success).toBe(true);
  });

  test.each([
    ["1: Same\n  3: Same", 10, "Clusters 1 and 3 are both called `Same`: as a segment they are one."],
    ["1: Cluster 2", 9, "Clusters 2 and 1 are both called `Cluster 2`: as a segment they are one."],
  ])("two clusters of one name are told: %j", async (names, line, message) => {
    const { problems } = await run(`of: people\ncolumns: [orders_90d]\nk: 3\nnames:\n  ${names}`);
    const told = problems.filter(({ code }) => code === "clusters-of-one-name");
    expect(told).toMatchObject([{ severity: "warning", line, message }]);
  });

  test("nobody is left", async () => {
    const ran = await run(`${BODY}\nk: 3`, { relations: { people: `SELECT * FROM (${PEOPLE}) WHERE false` } });
    expect(ran.problems).toMatchObject([{ code: "no-rows" }]);
  });

  test("one row is a cluster of its own", async () => {
    const ran = await run(`${BODY}\nk: 1`, {
      relations: { people: `SELECT * FROM (${PEOPLE}) WHERE customer_id = 'c007'` },
    });
    expect(errors(ran)).toEqual([]);
    expect(await ran.rows()).toEqual([{ customer_id: "c007", cluster: 1, segment: "Cluster 1", distance: 0 }]);
    expect(await ran.rows("_merges")).toEqual([]);
  });
});

test("stops when it is cancelled", async () => {
  const relations = {
    people:
      "SELECT i AS customer_id, hash(i) % 99991 AS a, hash(i + 1) % 99991 AS b, hash(i + 2) % 99991 AS c FROM range(20000) AS t(i)",
  };
  const cancel = new AbortController();
  const work = run("of: people\ncolumns: [a, b, c]\nmethod: average\nk: 3", {
    relations,
    signal: cancel.signal,
    progress: () => cancel.abort(),
  });
  await expect(work).rejects.toThrow();
});

function cell(body: string): string {
  return `\`\`\`cluster personas\n${body}\n\`\`\`\n`;
}

function run(body: string, given: Partial<Given> = {}): Promise<Ran> {
  return studyAndRun(bench, cluster, { notebook: cell(body), relations: { people: PEOPLE }, ...given });
}

function errors(ran: Ran) {
  return ran.problems.filter((problem) => problem.severity === "error");
}

function count(rows: Record<string, unknown>[], column: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[String(row[column])] = (counts[String(row[column])] ?? 0) + 1;
  return counts;
}
