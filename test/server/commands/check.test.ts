import { describe, expect, it } from "vitest";
import { testWorkspace } from "../../workspace.ts";

const HEAD = "---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n";
const SOURCE =
  "```source orders\nfiles: orders.csv\ncolumns:\n  customer_id: {required: true}\n  land: {one_of: [UK, DE]}\n```\n\n";
const SLIP = `${SOURCE}\`\`\`sql best\nSELECT * FROM orders WHERE land = 'uk' ORDER BY land LIMIT 1\n\`\`\`\n`;
const DATA = { "orders.csv": "customer_id,land\n1,UK\n2,DE\n" };

describe("segbook check", () => {
  it("prints findings by place with their counts, and exits with 1 on errors alone", async () => {
    const wrong = "```sql worse\nSELECT nothing FROM orders\n```\n";
    const workspace = await testWorkspace({
      notebooks: { "a.md": HEAD + SLIP, "b.md": `${HEAD}${SLIP}\n${wrong}` },
      data: DATA,
    });
    const said = await workspace.segbook("check", "notebooks/a.md");
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(said.stdout.split("\n").filter((line) => /^\S/.test(line))).toEqual([
      "notebooks/a.md:14:35 warning best [value-case] No row has `uk`: text is compared case and all, and `one_of` of `orders.land` has `UK`.",
      "notebooks/a.md:14:60 warning best [limit-ties] LIMIT cuts where rows may tie, and which of them stay is up to chance.",
      "0 errors, 2 warnings, 0 notes",
    ]);
    expect(said.stdout).toContain("`check --fix` does it.");
    const both = await workspace.segbook("check", "notebooks/a.md", "notebooks/b.md", "--json");
    expect(both.code).toBe(1);
    const found = both.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(found.map(({ notebook, code, fixable }) => [notebook, code, fixable])).toEqual([
      ["notebooks/a.md", "value-case", true],
      ["notebooks/a.md", "limit-ties", false],
      ["notebooks/b.md", "value-case", true],
      ["notebooks/b.md", "limit-ties", false],
      ["notebooks/b.md", "sql-binder", false],
    ]);
    expect(Object.keys(found[0] ?? {})).toEqual([
      ...["notebook", "code", "severity", "cell", "line", "column", "message", "hint", "guard", "accepted", "fixable"],
    ]);
  });

  it("mends with --fix what is certain, says so, and finds nothing to mend the second time", async () => {
    const workspace = await testWorkspace({ notebooks: { "a.md": HEAD + SLIP }, data: DATA });
    const said = await workspace.segbook("check", "notebooks/a.md", "--fix");
    expect(said).toMatchObject({ code: 0, stderr: "notebooks/a.md:14:35 fixed [value-case] `'uk'` is `'UK'` now\n" });
    expect(said.stdout).toContain("0 errors, 1 warning, 0 notes");
    expect(await workspace.read("notebooks/a.md")).toBe((HEAD + SLIP).replace("'uk'", "'UK'"));
    expect((await workspace.segbook("check", "notebooks/a.md", "--fix")).stderr).toBe("");
    expect(await workspace.read("notebooks/a.md")).toBe((HEAD + SLIP).replace("'uk'", "'UK'"));
  });

  it("prints what is accepted with its reason, and counts it apart", async () => {
    const groups =
      "```segments groups\nof: orders\nsegments:\n  None: customer_id > 5 AND customer_id < 3\naccept:\n  - code: rule-never\n    segment: None\n    reason: It waits for next year.\n```\n";
    const workspace = await testWorkspace({ notebooks: { "a.md": HEAD + SOURCE + groups }, data: DATA });
    const said = await workspace.segbook("check", "notebooks/a.md");
    expect(said.stdout).toMatch(
      /note groups \[rule-never\] Nobody can fit .*\n +Accepted: It waits for next year\.\n0 errors, 0 warnings, 0 notes, 1 accepted\n$/,
    );
  });
});
