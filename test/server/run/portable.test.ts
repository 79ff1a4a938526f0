import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { MembersAsk } from "../../../server/run/portable/members.ts";
import { cell, openRuns, PATH, withHead } from "./notebook-runs.ts";

const never = new AbortController().signal;

const PEOPLE = `customer_id,spend,country,joined,vip,note
1,100.5,UK,2026-01-01T00:00:00,true,plain
2,300,DE,2026-02-01T12:00:00,false,=1+1
3,,UK,2026-03-01T00:00:00,,"a,b"
4,250,,2026-04-01T00:00:00,true,-5
5,900,FR,,false,@x
`;
const ORDERS =
  "customer_id,at,amount\n1,2026-10-30T10:00:00,20\n2,2026-10-01T10:00:00,5\n2,2026-10-29T10:00:00,7\n4,2026-05-01T10:00:00,50\n";

const NOTEBOOK = withHead(
  cell("input", "least", "type: number\ndefault: 200") +
    cell(
      "source",
      "people",
      "files: people.csv\ncolumns:\n  spend: DECIMAL(10,2)\n  joined: TIMESTAMP\n  vip: BOOLEAN",
    ) +
    cell("source", "orders", "files: orders.csv\nevent: placed order\nat: at") +
    cell(
      "segments",
      "groups",
      "of: people\nsegments:\n  Big: spend > $least\n  Lately: placed order in last 30 days\n  Both: IN SEGMENT Big AND IN SEGMENT Lately\n  Nobody: spend > 5000",
    ) +
    cell("segments", "held", "of: people\ncontrol: 60%\nsegments:\n  All: customer_id > 0"),
);

async function opened() {
  const runs = await openRuns({ "people.csv": PEOPLE, "orders.csv": ORDERS });
  const ask = { path: PATH, text: NOTEBOOK, set: {}, asOf: null };
  const out = join(runs.workspace.root, "members");
  return {
    read: async (source: string, map: Record<string, string> = {}) => {
      const found = await runs.session.readSegment({ ...ask, cell: "groups", format: "sql", source, map }, never);
      if (isProblem(found)) throw new Error(found.message);
      return found;
    },
    write: (
      segment: string,
      format: "sql" | "klaviyo" | "tree",
      more: { cell?: string; map?: Record<string, string> } = {},
    ) => runs.session.writeSegment({ ...ask, cell: "groups", segment, format, map: {}, ...more }, never),
    members: async (more: Partial<MembersAsk>) => {
      const wanted = { ...ask, cell: "groups", segment: "Big", columns: [], format: "csv" as const, out, ...more };
      const found = await runs.session.members(wanted, never);
      return isProblem(found) ? found : { ...found, text: await readFile(out, "utf8") };
    },
    runs,
    out,
    ask,
  };
}

describe("A condition of SQL as a rule", () => {
  test("is read by the engine's own parser, NOT and NULL as in SQL", async () => {
    const { read } = await opened();
    const rule = async (source: string) => (await read(source)).rule;
    expect(await rule("WHERE spend > 200 AND country IN ('UK', 'DE') OR NOT (spend BETWEEN 1 AND 2.5)")).toBe(
      "(spend > 200 AND country in ('UK', 'DE')) OR spend not between 1 and 2.5",
    );
    expect(
      await rule("select * from t where t.country like 'U%' and note not like '%x%' and vip and 200 < spend;"),
    ).toBe("country starts with 'U' AND note not contains 'x' AND vip = true AND spend > 200");
    expect(await rule("NOT (country = 'UK' OR spend IS NULL)")).toBe("country != 'UK' AND spend is known");
    expect(await rule("country IS DISTINCT FROM 'UK'")).toBe("NOT country = 'UK'");
    expect(await rule("spend >= $least")).toBe("spend >= $least");
    expect(await rule("joined >= DATE '2026-01-01' AND joined < '2026-02-01'")).toBe(
      "joined >= 2026-01-01 00:00 AND joined < 2026-02-01 00:00",
    );
    expect(await rule("spend > -1.25 AND customer_id <> 3")).toBe("spend > -1.25 AND customer_id != 3");
  });

  test("says of a number that is none that it can't be taken over", async () => {
    const { read } = await opened();
    for (const source of ["spend > 1e999", "spend > -1e999 OR vip"])
      expect((await read(source)).remarks.map(({ message }) => message).join(" ")).toContain("more digits");
  });

  test("is for the same people as in SQL", async () => {
    const { runs, read, ask } = await opened();
    await runs.run(NOTEBOOK);
    for (const condition of [
      "NOT (country = 'UK' AND spend > 100)",
      "country NOT IN ('UK') OR vip IS NULL",
      "NOT (spend > 250 OR NOT vip)",
      "country IS DISTINCT FROM 'UK' AND joined > DATE '2026-01-01'",
      "note LIKE '=%' OR NOT (note LIKE '%,%')",
    ]) {
      const { rule } = await read(condition);
      const text = withHead(
        cell(
          "source",
          "people",
          "files: people.csv\ncolumns:\n  spend: DECIMAL(10,2)\n  joined: TIMESTAMP\n  vip: BOOLEAN",
        ) +
          cell("segments", "ours", `of: people\nsegments:\n  In: |-\n    ${rule}`) +
          cell("sql", "theirs", `SELECT customer_id FROM people WHERE ${condition} ORDER BY 1`),
      );
      await runs.run(text);
      const rows = async (relation: string) => {
        const page = await runs.session.page(
          { ...ask, text, relation, key: null, offset: 0, limit: 100, sort: null, descending: false },
          never,
        );
        if (isProblem(page)) throw new Error(page.message);
        return page.rows.map(([key]) => key);
      };
      expect(await rows("ours"), condition).toEqual(await rows("theirs"));
    }
  });

  test("is refused with line and column where it is no condition of rules", async () => {
    const { read } = await opened();
    const said = async (source: string) => (await read(source)).remarks.map(({ at, code }) => `${at}: ${code}`);
    expect(await said("WHERE spend > 1\n  AND upper(country) = 'UK'\n  AND spend = customer_id")).toEqual([
      "line 2, column 7: not-said-here",
      "line 3, column 13: not-said-here",
    ]);
    expect(await said("spend > 1 AND EXISTS (SELECT 1 FROM orders)")).toEqual(["line 1, column 15: not-said-here"]);
    expect(await said("spend >")).toEqual([expect.stringMatching(/^(line 1, column \d+|\$): sql-syntax$/)]);
    expect(await said("DELETE FROM people")).toEqual([expect.stringMatching(/: sql-syntax$/)]);
    expect(await said("spend > 1; DROP TABLE people")).toEqual([expect.stringMatching(/: sql-syntax$/)]);
    expect(await said("SELECT 1")).toEqual(["$: not-said-here"]);
    expect(await said("joined > now() - INTERVAL 30 DAY")).toEqual(["line 1, column 16: not-said-here"]);
    expect(await said("country ILIKE 'u%' OR country LIKE 'a_b' OR spend = NULL")).toHaveLength(3);
    expect(await said(`${"(".repeat(10_000)}spend > 1${")".repeat(10_000)}`)).toEqual(["$: sql-syntax"]);
    expect(await said(`${"NOT ".repeat(10_000)}vip`)).toEqual(["$: sql-syntax"]);
    expect((await read("spnd > 1")).unknown).toMatchObject([{ theirs: "spnd", near: ["spend"] }]);
    expect((await read("spnd > 1", { spnd: "spend" })).rule).toBe("spend > 1");
  });
});

describe("A segment's members as a file", () => {
  test("hold the key alone by default, and the columns that are asked for, with formulas neutralised", async () => {
    const { members } = await opened();
    expect(await members({})).toEqual({ rows: 3, heldOut: 0, text: "customer_id\n2\n4\n5\n" });
    expect(await members({ columns: ["note", "country"] })).toMatchObject({
      text: "customer_id,note,country\n2,'=1+1,DE\n4,-5,\n5,'@x,FR\n",
    });
    expect(await members({ segment: "Nobody" })).toMatchObject({ rows: 0, text: "customer_id\n" });
    expect(await members({ segment: "Bigg" })).toMatchObject({
      code: "unknown-segment",
      hint: expect.stringContaining("Big"),
    });
    expect(await members({ columns: ["nte"] })).toMatchObject({
      code: "unknown-column",
      hint: expect.stringContaining("note"),
    });
    expect(await members({ cell: "people" })).toMatchObject({ code: "unknown-cell" });
  });

  test("leave out whoever is held out, and say how many", async () => {
    const { members, runs, ask } = await opened();
    const found = await members({ cell: "held", segment: "All" });
    if (isProblem(found)) throw new Error(found.message);
    const page = await runs.session.page(
      { ...ask, relation: "held_held_out", key: null, offset: 0, limit: 10, sort: null, descending: false },
      never,
    );
    if (isProblem(page)) throw new Error(page.message);
    const out = page.rows.map(([key]) => String(key));
    expect(found.heldOut).toBe(out.length);
    expect(found.rows + out.length).toBe(5);
    expect(found.text.split("\n").filter((line) => out.includes(line))).toEqual([]);
  });

  test("come as Parquet too", async () => {
    const { members, out } = await opened();
    await members({ format: "parquet", columns: ["spend"] });
    expect((await readFile(out)).subarray(0, 4).toString()).toBe("PAR1");
  });
});

describe("A segment's SQL", () => {
  test("gives the same people over the relations, whatever other segments it names", async () => {
    const { write, runs, ask } = await opened();
    const written = await write("Both", "sql");
    if (isProblem(written) || written.text === null) throw new Error("not written");
    const text = NOTEBOOK + cell("sql", "again", written.text.replace(/;\s*$/, ""));
    await runs.run(text);
    const page = await runs.session.page(
      { ...ask, text, relation: "again", key: null, offset: 0, limit: 10, sort: null, descending: false },
      never,
    );
    expect(isProblem(page) ? page : page.rows).toEqual([[2]]);
  });

  test("and forms of other tools name what a cell adds to the rule", async () => {
    const { write } = await opened();
    expect(await write("Bgi", "tree")).toMatchObject({ code: "unknown-segment" });
    expect(await write("Big", "tree", { cell: "people" })).toMatchObject({ code: "unknown-cell" });
    const written = await write("Big", "klaviyo");
    expect(isProblem(written) ? written : written.remarks.map(({ code }) => code)).toEqual(["input-as-value"]);
  });
});
