import { expect, test } from "vitest";
import { cell, type NotebookRuns, openRuns } from "../../run/notebook-runs.ts";

const METHODS = ["ward", "average", "complete", "single", "kmeans"];
const WIDE = Array.from({ length: 30 }, (_, at) => `c${at}`);

interface Case {
  readonly sql: string;
  readonly people: number;
  readonly columns?: readonly string[];
  readonly missing?: string;
  /** What each of the five cells says beside others. */
  readonly said?: string;
  /** Whether it must say that nothing stands out. */
  readonly structured?: false;
}

const random = (salt: number) => `hash(i * 31 + ${salt} * 7919) % 10007`;

const CASES: Readonly<Record<string, Case>> = {
  "thirty columns": {
    sql: `SELECT i AS id, ${WIDE.map((name, at) => `${random(at)} AS ${name}`).join(", ")} FROM range(120) AS t(i)`,
    ...{ people: 120, columns: WIDE, structured: false },
  },
  "no structure at all": {
    sql: `SELECT i AS id, ${random(1)} AS a, ${random(2)} AS b, ${random(3)} AS c FROM range(300) AS t(i)`,
    ...{ people: 300, structured: false },
  },
  "whole numbers with hundreds of ties, and whole rows that are the same": {
    sql: "SELECT i AS id, i % 3 AS a, i % 2 AS b, (i // 7) % 2 AS c FROM range(600) AS t(i)",
    people: 600,
  },
  "one constant column": {
    sql: `SELECT i AS id, ${random(1)} AS a, 5 AS b, ${random(3)} AS c FROM range(150) AS t(i)`,
    ...{ people: 150, said: "constant-column" },
  },
  "values that are missing, filled": {
    sql: `SELECT i AS id, CASE WHEN i % 10 > 0 THEN ${random(1)} END AS a, i % 5 AS b, i % 13 AS c FROM range(150) AS t(i)`,
    ...{ people: 150, missing: "median", said: "missing-filled" },
  },
  "values that are missing, their rows dropped": {
    sql: `SELECT i AS id, CASE WHEN i % 10 > 0 THEN ${random(1)} END AS a, i % 5 AS b, i % 13 AS c FROM range(150) AS t(i)`,
    ...{ people: 135, missing: "drop", said: "rows-dropped" },
  },
  "fewer rows than the range of k wants": {
    sql: "SELECT i AS id, i AS a, i * i AS b, 1 - i AS c FROM range(2) AS t(i)",
    ...{ people: 2, said: "k-above-rows" },
  },
};

test.each(Object.keys(CASES))(
  "%s: every method puts everybody into a cluster, in numbers, or says whom not",
  async (name) => {
    const { sql, people, columns = ["a", "b", "c"], missing = "stop", said, structured } = CASES[name] as Case;
    const runs = await openRuns();
    const body = (method: string) =>
      `of: people\ncolumns: [${columns.join(", ")}]\nmissing: ${missing}\nmethod: ${method}\nk: {auto: [2, 3]}`;
    const cells = METHODS.map((method) => cell("cluster", method, body(method))).join("");
    const text = `---\nsegbook: 1\nentity: id\n---\n\n${cell("sql", "people", sql)}${cells}`;
    const judged = ["ward_validity", "kmeans_validity"];
    const { result } = await runs.run(text, {
      cells: [...METHODS, ...METHODS.map((one) => `${one}_rules`), ...judged],
    });
    for (const method of METHODS) {
      const found = result.cells.find(({ id }) => id === method);
      const codes = found?.problems.map(({ code }) => code) ?? [];
      expect([method, found?.state, codes]).toEqual([method, "fresh", expect.arrayContaining(said ? [said] : [])]);
      if (structured === false)
        expect([method, codes]).toEqual([method, expect.arrayContaining(["no-clusters-stand-out"])]);
      await wellFormed(runs, text, { method, people, columns: columns.length });
    }
    for (const relation of judged) {
      for (const [k, silhouette, ...rest] of await rowsOf(runs, text, relation)) {
        expect([relation, k, silhouette]).toEqual([relation, expect.any(Number), expect.any(Number)]);
        finite(relation, rest);
      }
    }
  },
);

/** Everybody once, clusters numbered by size without a gap, and nothing that is no number. */
async function wellFormed(
  runs: NotebookRuns,
  text: string,
  { method, people, columns }: { method: string; people: number; columns: number },
): Promise<void> {
  const members = await rowsOf(runs, text, method);
  expect([method, new Set(members.map(([id]) => id)).size, members.length]).toEqual([method, people, people]);
  const sizes: number[] = [];
  for (const [, cluster, segment, distance] of members) {
    sizes[Number(cluster) - 1] = (sizes[Number(cluster) - 1] ?? 0) + 1;
    expect([segment, distance]).toEqual([`Cluster ${cluster}`, expect.any(Number)]);
    finite(method, [distance]);
  }
  expect([method, sizes]).toEqual([method, [...sizes].sort((a, b) => b - a)]);
  expect(sizes.length).toBeGreaterThan(1);
  const merges = method === "kmeans" ? [] : await rowsOf(runs, text, `${method}_merges`);
  if (method !== "kmeans") expect(merges.length).toBe(people - 1);
  const profile = await rowsOf(runs, text, `${method}_profile`);
  expect(profile.length).toBe(sizes.length * columns);
  const rules = await rowsOf(runs, text, `${method}_rules`);
  expect(rules.length).toBe(sizes.length);
  for (const row of [...merges, ...profile, ...rules]) finite(method, row);
}

/** Missing is allowed: of one row there is no deviation. */
function finite(of: string, row: readonly unknown[]): void {
  for (const value of row) {
    if (typeof value === "number") expect([of, row, Number.isFinite(value)]).toEqual([of, row, true]);
    if (typeof value === "string") expect(value).not.toMatch(/NaN|Infinity/);
  }
}

async function rowsOf(runs: NotebookRuns, text: string, relation: string): Promise<readonly unknown[][]> {
  const rows = await runs.rows(text, relation);
  if (typeof rows === "string") throw new Error(`${relation}: ${rows}`);
  return rows;
}

test("one row is one cluster, and more can't be asked of it", async () => {
  const runs = await openRuns();
  const one = cell("sql", "people", "SELECT 1 AS id, 1.5 AS a");
  const cells = METHODS.map((method) => cell("cluster", method, `of: people\ncolumns: [a]\nmethod: ${method}\nk: 1`));
  const text = `---\nsegbook: 1\nentity: id\n---\n\n${one}${cells.join("")}${cell("cluster", "two", "of: people\ncolumns: [a]\nk: 2")}`;
  const ran = await runs.run(text);
  for (const method of METHODS) {
    expect(await rowsOf(runs, text, method)).toMatchObject([[expect.anything(), 1, "Cluster 1", 0]]);
    expect(await rowsOf(runs, text, `${method}_profile`)).toMatchObject([
      [1, expect.anything(), 1, "a", 1.5, 1.5, null, 1.5, null],
    ]);
  }
  expect(ran.cell("two").problems).toMatchObject([
    { code: "k-above-rows", message: "k is 2, but there is only 1 row." },
  ]);
});
