import { describe, expect, it } from "vitest";
import { type TestWorkspace, testWorkspace } from "../workspace.ts";

const HEAD = "---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n";

const GOOD_CSV = `customer_id,amount,ordered_at\n1,10.50,2026-10-01 10:00:00\n2,20.00,2026-10-02 11:00:00\n3,5.25,2026-09-01 09:00:00\n`;

/** A branch that has nothing to do with the fault and must still run. */
const OTHER_BRANCH = "\n```sql bystander\nSELECT 1 AS one\n```\n";

const ORDERS =
  "```source orders\nfiles: orders.csv\ncolumns: {customer_id: BIGINT, amount: 'DECIMAL(10,2)', ordered_at: TIMESTAMP}\nevent: placed order\nat: ordered_at\n```\n";

const BEHAVIOUR =
  "\n```features behaviour\ncolumns:\n  total_spend: sum of amount of placed order\n  order_count: count of placed order\n  last_purchase: days since last placed order\n```\n";

interface Line {
  cell: string;
  state: string;
  rows: number | null;
  error: { code: string; line: number | null; column: number | null; message: string; hint: string } | null;
}

async function runOn(
  text: string,
  data: Record<string, string | Uint8Array>,
): Promise<{ lines: Line[]; code: number | null; workspace: TestWorkspace }> {
  const workspace = await testWorkspace({ notebooks: { "bad.md": HEAD + text + OTHER_BRANCH }, data });
  const said = await workspace.segbook("run", "notebooks/bad.md", "--json");
  const lines = said.stdout
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  return { lines, code: said.code, workspace };
}

/** Runs it, expects exit 1 with the fault on the cell, a hint, and the other branch done; gives the fault. */
async function faultOf(
  cell: string,
  text: string,
  data: Record<string, string | Uint8Array> = { "orders.csv": GOOD_CSV },
) {
  const { lines, code } = await runOn(text, data);
  expect(code).toBe(1);
  const line = lines.find((one) => one.cell === cell);
  expect([cell, line?.state]).toEqual([cell, "failed"]);
  expect(lines.find((one) => one.cell === "bystander")).toMatchObject({ state: "ran", rows: 1 });
  const fault = line?.error;
  if (fault === null || fault === undefined) throw new Error(`no error on ${cell}`);
  expect(fault.hint.length).toBeGreaterThan(10);
  return fault;
}

function lineOf(text: string, part: string): number {
  return (HEAD + text).slice(0, (HEAD + text).indexOf(part)).split("\n").length;
}

describe("bad data", () => {
  it("a missing file is named, with the nearest that is there", async () => {
    const fault = await faultOf("orders", ORDERS, { "order.csv": GOOD_CSV });
    expect(fault.message).toContain("orders.csv");
    expect(fault.hint).toContain("order.csv");
    expect(fault.line).toBe(lineOf(ORDERS, "orders.csv"));
  });

  it("an empty file is named", async () => {
    const fault = await faultOf("orders", ORDERS, { "orders.csv": "" });
    expect(fault.message).toContain("orders.csv");
    expect(fault.message).toMatch(/empty/i);
  });

  it("a file with only a head loads with no rows, and what reads it runs", async () => {
    const { lines, code } = await runOn(ORDERS + BEHAVIOUR, { "orders.csv": "customer_id,amount,ordered_at\n" });
    expect(code).toBe(0);
    expect(lines.find((one) => one.cell === "orders")).toMatchObject({ state: "ran", rows: 0 });
    expect(lines.find((one) => one.cell === "behaviour")).toMatchObject({ state: "ran", rows: 0 });
  });

  it("a wrong type in row 4,567 is named with file, line, column and value", async () => {
    const rows = Array.from(
      { length: 6000 },
      (_, index) => `${index + 1},${index === 4566 ? "12,5x" : "1.50"},2026-10-01 10:00:00`,
    );
    const csv = `customer_id,amount,ordered_at\n${rows.map((row) => row.replace("12,5x", '"12,5x"')).join("\n")}\n`;
    const fault = await faultOf("orders", ORDERS, { "orders.csv": csv });
    expect(fault.message).toContain("orders.csv");
    expect(fault.message).toMatch(/\b4,?568\b/);
    expect(fault.message).toContain("amount");
    expect(fault.message).toContain("12,5x");
  });

  it("two columns of one name are named", async () => {
    const fault = await faultOf("orders", ORDERS, {
      "orders.csv": "customer_id,amount,amount,ordered_at\n1,2,3,2026-10-01 00:00:00\n",
    });
    expect(fault.message).toContain("amount");
    expect(fault.message).toContain("orders.csv");
  });

  it("a Parquet file that is cut in half is named", async () => {
    const source = "```source orders\nfiles: orders.parquet\n```\n";
    const half = new Uint8Array(Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(2000, 7)]));
    const fault = await faultOf("orders", source, { "orders.parquet": half });
    expect(fault.message).toContain("orders.parquet");
  });
});

describe("bad cells", () => {
  it("a cell that reads no relation of the notebook is told the nearest", async () => {
    const text = `${ORDERS}\n\`\`\`sql s\nSELECT *\nFROM ordrs\n\`\`\`\n`;
    const fault = await faultOf("s", text);
    expect(fault).toMatchObject({ code: "unknown-relation", line: lineOf(text, "FROM ordrs"), column: 6 });
    expect(fault.hint).toContain("orders");
  });

  it("a cycle is named with its round", async () => {
    const fault = await faultOf("a", "```sql a\nSELECT * FROM b\n```\n\n```sql b\nSELECT * FROM a\n```\n").catch(() =>
      faultOf("b", "```sql a\nSELECT * FROM b\n```\n\n```sql b\nSELECT * FROM a\n```\n"),
    );
    expect(fault.code).toBe("cycle");
    expect(fault.message).toContain("→");
  });

  it("two cells of one id are told where the first is", async () => {
    const text = "```sql twice\nSELECT 1 AS a\n```\n\n```sql twice\nSELECT 2 AS a\n```\n";
    const workspace = await testWorkspace({ notebooks: { "bad.md": HEAD + text + OTHER_BRANCH } });
    const said = await workspace.segbook("check", "notebooks/bad.md", "--json");
    expect(said.code).toBe(1);
    const [problem] = said.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { line: number; message: string; hint: string });
    expect(problem?.line).toBe(lineOf(text, "```sql twice\nSELECT 2"));
    expect(`${problem?.message} ${problem?.hint}`).toContain(String(lineOf(text, "```sql twice")));
  });

  it("a YAML slip has its line and column", async () => {
    const text = `${ORDERS}\n\`\`\`features behaviour\ncolumns:\n  a: count of placed order\nfill: {default: 0\n\`\`\`\n`;
    const fault = await faultOf("behaviour", text);
    expect(fault.code).toMatch(/yaml/);
    expect(fault.line).toBeGreaterThanOrEqual(lineOf(text, "fill: {default"));
  });

  it("an unknown key has the nearest name", async () => {
    const text = `${ORDERS}\n\`\`\`features behaviour\ncolums:\n  a: count of placed order\n\`\`\`\n`;
    const fault = await faultOf("behaviour", text);
    expect(fault.line).toBe(lineOf(text, "colums:"));
    expect(fault.hint).toContain("columns");
  });

  it("a SQL slip has its line and column", async () => {
    const text = `${ORDERS}\n\`\`\`sql s\nSELECT customer_id\nFRM orders\n\`\`\`\n`;
    const fault = await faultOf("s", text);
    expect(fault.line).toBe(lineOf(text, "FRM orders"));
  });

  it("an unknown column in SQL has its place and the nearest name", async () => {
    const text = `${ORDERS}\n\`\`\`sql s\nSELECT customer_id,\n  amont\nFROM orders\n\`\`\`\n`;
    const fault = await faultOf("s", text);
    expect(fault).toMatchObject({ line: lineOf(text, "  amont"), column: 3 });
    expect(fault.hint).toContain("amount");
  });

  it("an unknown attribute in a rule has its place and the nearest names", async () => {
    const text = `${ORDERS}${BEHAVIOUR}\n\`\`\`segments audiences\nof: behaviour\nsegments:\n  Best: Total Spent > $200\n\`\`\`\n`;
    const fault = await faultOf("audiences", text);
    expect(fault).toMatchObject({ line: lineOf(text, "Total Spent"), column: "  Best: ".length + 1 });
    expect(`${fault.message} ${fault.hint}`.toLowerCase()).toContain("total_spend");
  });

  it("a file reader in SQL is refused", async () => {
    const fault = await faultOf("s", "```sql s\nSELECT * FROM read_text('/etc/passwd')\n```\n");
    expect(fault.code).toBe("function-refused");
  });
});

const CLUSTER = (extra: string) => `${ORDERS}${BEHAVIOUR}\n\`\`\`cluster personas\nof: behaviour\n${extra}\n\`\`\`\n`;

describe("bad clusterings", () => {
  it("k larger than n says how many there are", async () => {
    const fault = await faultOf("personas", CLUSTER("columns: [total_spend, last_purchase]\nk: 10"));
    expect(fault.message).toContain("10");
    expect(fault.message).toContain("3");
  });

  it("a constant column is named, and does not stop the clustering", async () => {
    const { lines, workspace } = await runOn(CLUSTER("columns: [total_spend, order_count]\nk: 2"), {
      "orders.csv": GOOD_CSV,
    });
    const line = lines.find((one) => one.cell === "personas");
    const said = await workspace.segbook("run", "notebooks/bad.md", "--no-cache");
    expect(said.stderr).toContain("order_count");
    expect(said.stderr).toMatch(/constant|same value|does not vary/i);
    expect(["ran", "failed"]).toContain(line?.state);
    expect(lines.find((one) => one.cell === "bystander")?.state).toBe("ran");
  });

  it("a column of missing values is named", async () => {
    const text = `${ORDERS}${BEHAVIOUR}\n\`\`\`sql blank\nSELECT *, NULL::DOUBLE AS nothing FROM behaviour\n\`\`\`\n\n\`\`\`cluster personas\nof: blank\ncolumns: [total_spend, nothing]\nk: 2\nmissing: median\n\`\`\`\n`;
    const fault = await faultOf("personas", text);
    expect(fault.message).toContain("nothing");
  });
});
