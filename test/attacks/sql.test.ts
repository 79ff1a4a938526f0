import { existsSync } from "node:fs";
import { link, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workspaceAt } from "../../server/run/workspace.ts";
import { cell, NotebookRuns } from "../server/run/notebook-runs.ts";

/** What stands in files that no notebook was given. */
const SECRET = "secret-4711";

let runs: NotebookRuns;
let outside: string;

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), "segbook-attacks-"));
  runs = new NotebookRuns(workspaceAt(root));
  for (const folder of ["data", "notebooks"]) await mkdir(join(root, folder));
  await runs.put("in.csv", "a,b\n1,x\n2,y\n");
  outside = join(root, "outside.csv");
  await writeFile(outside, `a,b\n1,${SECRET}\n`);
  await mkdir(join(root, "data-secret"));
  await writeFile(join(root, "data-secret", "s.csv"), `a,b\n1,${SECRET}\n`);
  await writeFile(join(root, "data", ".hidden.csv"), `a,b\n1,${SECRET}\n`);
  await symlink(outside, join(root, "data", "soft.csv"));
  await link(outside, join(root, "data", "hard.csv"));
  await symlink(join(root, "data-secret"), join(root, "data", "folder"));
});

afterAll(async () => {
  await runs.close();
  await rm(runs.workspace.root, { recursive: true, force: true });
});

/** Runs one cell and gives everything that anybody could get of it: views, rows, what lies in the workspace afterwards. */
async function attack(kind: string, body: string): Promise<{ state: string; got: string }> {
  const notebook = cell("source", "given", "files: in.csv") + cell(kind, "attack", body);
  const ran = await runs.run(notebook, { cells: ["attack"] });
  const rows = ran.cell("attack").state === "fresh" ? await runs.rows(notebook, "attack") : [];
  return { state: ran.cell("attack").state, got: JSON.stringify([ran.result, rows]) };
}

const reads = (path: string) =>
  [
    ...[
      "read_text",
      "read_blob",
      "read_csv",
      "read_csv_auto",
      "read_json",
      "read_ndjson",
      "read_parquet",
      "sniff_csv",
      "glob",
    ],
    ...["parquet_metadata", "parquet_schema", "parquet_scan", "read_duckdb"],
  ].map((reader) => `${reader}('${path}')`);

describe("a sql cell gets at no file", () => {
  const paths = [
    "/etc/passwd",
    "in.csv",
    "../outside.csv",
    "data/in.csv",
    "file:///etc/passwd",
    "https://127.0.0.1/x.csv",
  ];

  it("by a reader in FROM, SELECT, a CTE, a subquery, LATERAL, PIVOT, a join or a set operation", async () => {
    for (const call of reads("/etc/passwd")) {
      for (const sql of [
        `SELECT * FROM ${call}`,
        `SELECT (SELECT count(*) FROM ${call})`,
        `WITH c AS (FROM ${call}) SELECT * FROM c`,
        `WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM c, ${call} WHERE n < 2) SELECT * FROM c`,
        `SELECT * FROM given, LATERAL (FROM ${call})`,
        `PIVOT (FROM ${call}) ON content IN ('x') USING count(*)`,
        `SELECT a FROM given WHERE a IN (SELECT 1 FROM ${call})`,
        `SELECT 1 UNION ALL SELECT 1 FROM ${call}`,
        `SUMMARIZE FROM ${call}`,
        `DESCRIBE FROM ${call}`,
      ]) {
        const { state, got } = await attack("sql", sql);
        expect(state, sql).toBe("failed");
        expect(got, sql).not.toContain("root:");
      }
    }
  });

  it("by a path that stands for a table, however it is written", async () => {
    for (const path of [...paths, outside, `${outside}*`, "*.csv", "soft.csv", `${runs.workspace.data}/in.csv`]) {
      for (const sql of [
        `SELECT * FROM '${path}'`,
        `FROM "${path}"`,
        `SELECT * FROM given JOIN '${path}' ON true`,
        `WITH "${path}" AS (FROM "${path}") FROM "${path}"`,
        `WITH RECURSIVE "${path}" AS (FROM "${path}" UNION ALL FROM "${path}") FROM "${path}"`,
        `WITH "${path}" AS (FROM "${path}" WHERE EXISTS (WITH RECURSIVE q AS (SELECT 1 AS n UNION ALL FROM q) FROM q)) FROM "${path}"`,
        `SUMMARIZE '${path}'`,
        `DESCRIBE '${path}'`,
        `SELECT * FROM main."${path}"`,
      ]) {
        const { state, got } = await attack("sql", sql);
        expect(state, sql).toBe("failed");
        expect(got, sql).not.toContain(SECRET);
      }
    }
  });

  it("by SQL in texts, by tables' names in texts, by macros over them", async () => {
    for (const sql of [
      `SELECT * FROM query('FROM ''${outside}''')`,
      `SELECT * FROM query_table('${outside}')`,
      `SELECT * FROM query_table(['given', '${outside}'])`,
      `FROM histogram('${outside}', 'a')`,
      `FROM histogram_values('${outside}', 'a')`,
      "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
      `SELECT json_execute_serialized_sql('x')`,
      "SELECT current_query()",
      "FROM duckdb_views()",
      "SELECT sql FROM duckdb_views",
      "FROM pragma_show('given')",
      "FROM sql_auto_complete('SELECT * FROM ''/etc/')",
    ]) {
      const { state, got } = await attack("sql", sql);
      expect(state, sql).toBe("failed");
      expect(got, sql).not.toContain(SECRET);
      expect(got, sql).not.toContain("read_parquet(");
    }
  });
});

describe("a sql cell changes nothing", () => {
  it.each([
    ["COPY", "COPY (SELECT 1 AS a) TO 'DATA/made.csv'"],
    ["COPY after the SELECT", "SELECT 1 AS a) TO 'DATA/made.csv'; --"],
    ["COPY after a SELECT of its own", "SELECT 1 AS a; COPY (SELECT 1) TO 'DATA/made.csv'"],
    ["EXPORT", "EXPORT DATABASE 'DATA/made'"],
    ["ATTACH", "ATTACH 'DATA/made.db' AS made"],
    ["INSTALL", "INSTALL httpfs"],
    ["LOAD", "LOAD httpfs"],
    ["SET", "SET threads = 1"],
    ["SET VARIABLE", "SET VARIABLE x = 1"],
    ["RESET", "RESET lock_configuration"],
    ["PRAGMA", "PRAGMA enable_profiling = 'json'"],
    ["PRAGMA with a file", "PRAGMA profiling_output = 'DATA/made.json'"],
    ["CALL", "CALL enable_logging(storage = 'file', storage_path = 'DATA/made')"],
    ["enable_logging in FROM", "FROM enable_logging(storage = 'file', storage_path = 'DATA/made')"],
    ["enable_profiling in FROM", "FROM enable_profiling(save_location = 'DATA/made.json')"],
    ["write_log", "SELECT write_log('x')"],
    ["CREATE", "CREATE TABLE made AS SELECT 1 AS a"],
    ["CREATE MACRO", "CREATE OR REPLACE MACRO lower(x) AS 'y'"],
    ["CREATE SECRET", "CREATE SECRET made (TYPE s3)"],
    ["DROP", "DROP VIEW given"],
    ["INSERT in a CTE", "WITH x AS (INSERT INTO given VALUES (1) RETURNING a) SELECT * FROM x"],
    ["PREPARE", "PREPARE made AS SELECT 1"],
    ["CHECKPOINT", "FROM force_checkpoint()"],
    ["setseed", "SELECT setseed(0.5)"],
    ["nextval", "SELECT nextval('made')"],
    ["EXPLAIN ANALYZE", "EXPLAIN ANALYZE SELECT 1"],
    ["sleep", "SELECT sleep_ms(100000)"],
  ])("by %s", async (_, sql) => {
    const { state } = await attack("sql", sql.replace("DATA", runs.workspace.data));
    expect(state).toBe("failed");
    for (const name of ["made", "made.csv", "made.db", "made.json"])
      expect(existsSync(join(runs.workspace.data, name))).toBe(false);
    expect(await attack("sql", "SELECT lower(b) AS b FROM given ORDER BY a")).toMatchObject({ state: "fresh" });
  });

  it("and learns nothing of what the engine holds beside the notebook's own", async () => {
    for (const sql of [
      "SHOW TABLES",
      "SHOW ALL TABLES",
      "FROM (SHOW DATABASES)",
      "FROM (SHOW TABLES FROM memory)",
      "FROM (SHOW TABLES FROM given)",
      "FROM (SHOW TABLES FROM memory.main)",
      "FROM (DESCRIBE)",
      "FROM duckdb_tables",
      "FROM sqlite_master",
      "FROM information_schema.tables",
      "FROM pg_catalog.pg_tables",
      "FROM system.main.duckdb_settings",
      "WITH duckdb_tables AS (SELECT 1 AS a) FROM main.duckdb_tables",
      "(WITH duckdb_settings AS (SELECT 1 AS a) FROM duckdb_settings) UNION ALL SELECT count(*) FROM duckdb_settings",
    ])
      expect((await attack("sql", sql)).state, sql).toBe("failed");
  });

  it("and learns nothing of the process", async () => {
    for (const sql of ["SELECT getenv('HOME')", "SELECT current_setting('temp_directory')", "FROM duckdb_settings()"])
      expect((await attack("sql", sql)).state, sql).toBe("failed");
  });
});

describe("SQL in other places", () => {
  it.each([
    ["a source's query", "source", `query: SELECT * FROM read_text('/etc/passwd')`],
    ["a source's query with a path", "source", `query: SELECT * FROM '/etc/passwd'`],
    ["a source's condition", "source", "files: in.csv\nwhere: (SELECT content FROM read_text('/etc/passwd')) <> ''"],
    ["a source's type", "source", "files: in.csv\ncolumns:\n  a: {type: \"INTEGER) FROM read_text('/etc/passwd'\"}"],
    ["a source's rule", "source", "files: in.csv\nexpect:\n  - (SELECT count(*) FROM read_text('/etc/passwd')) > 0"],
    ["a source's file name", "source", "files: \"in.csv') FROM read_text('/etc/passwd\""],
    ["a source's delimiter", "source", "files: in.csv\ncsv: {delimiter: \"', filename = '/etc/passwd\"}"],
    ["an event's column", "source", "files: in.csv\nevents:\n  bought: {at: \"a) FROM read_text('/etc/passwd'\"}"],
    ["a feature", "features", "of: given\ncolumns:\n  x: (SELECT content FROM read_text('/etc/passwd'))"],
    ["a transform's verb", "transform", 'of: given\nverbs:\n  - select: ["a\\" FROM read_text(\'/etc/passwd\') --"]'],
  ])("gets no further: %s", async (_, kind, body) => {
    const { state, got } = await attack(kind, body);
    expect(state).toBe("failed");
    expect(got).not.toContain("root:");
  });
});

describe("a source's files", () => {
  it.each([
    "/etc/passwd",
    "../outside.csv",
    "../data-secret/s.csv",
    "x/../../outside.csv",
    "..\\\\outside.csv",
    ".hidden.csv",
    "soft.csv",
    "hard.csv",
    "folder/s.csv",
    "**/s.csv",
    "~/x.csv",
    "file:///etc/passwd",
    "http://127.0.0.1:1/x.csv",
    "s3://bucket/x.csv",
    '"in.csv\\0/../outside.csv"',
  ])("lie below data/ and are nobody else's: %s", async (path) => {
    const { state, got } = await attack("source", `files: ${path}`);
    expect(state).toBe("failed");
    expect(got).not.toContain(SECRET);
    expect(got).not.toContain("root:");
  });

  it("that links lead to are told from those that are missing", async () => {
    for (const path of ["soft.csv", "hard.csv"])
      expect((await attack("source", `files: ${path}`)).got).toContain("outside the data folder");
  });

  it("may have several names where all of them lie below data/", async () => {
    const { data } = runs.workspace;
    await writeFile(join(data, "one.csv"), "a\n1\n");
    await link(join(data, "one.csv"), join(data, "two.csv"));
    expect((await attack("source", "files: two.csv")).state).toBe("fresh");
  });

  it("that a glob matches leave out what leads elsewhere", async () => {
    const { got } = await attack("source", 'files: "*.csv"\non_error: skip');
    expect(got).not.toContain(SECRET);
  });

  it("that are exchanged for a link while they are read leave nothing behind", async () => {
    const { data, cache } = runs.workspace;
    const path = join(data, "swapped.csv");
    for (let round = 0; round < 8; round++) {
      await writeFile(path, `a,b\n${Array.from({ length: 20_000 }, (_, i) => `${i},${round}`).join("\n")}\n`);
      const running = attack("source", "files: swapped.csv");
      await new Promise((resolve) => setTimeout(resolve, round * 15));
      await symlink(outside, join(data, "other.csv"));
      await rename(join(data, "other.csv"), path);
      expect((await running).got).not.toContain(SECRET);
    }
    for (const entry of await readdir(cache, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      expect((await readFile(join(entry.parentPath, entry.name))).includes(SECRET)).toBe(false);
    }
  });
});

it("nothing of all that was written beside the workspace", async () => {
  const { root, data } = runs.workspace;
  expect((await readdir(root)).sort()).toEqual([".segbook", "data", "data-secret", "notebooks", "outside.csv"].sort());
  expect((await readdir(data)).filter((name) => name.startsWith("made"))).toEqual([]);
  expect((await readdir(tmpdir())).filter((name) => name.includes(SECRET))).toEqual([]);
});
