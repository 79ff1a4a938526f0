import { describe, expect, it } from "vitest";
import { testWorkspace } from "../../workspace.ts";

/** Makes a notebook of the files; it must be without error in `check` and in `run`. */
async function made(data: Record<string, string>): Promise<{ text: string; states: Record<string, string> }> {
  const workspace = await testWorkspace({ data });
  const files = Object.keys(data).map((name) => `data/${name}`);
  const said = await workspace.segbook("new", "First look", "--data", ...files);
  expect([said.stderr, said.code, said.stdout]).toEqual(["", 0, "notebooks/First look.md\n"]);
  const ran = await workspace.segbook("run", "notebooks/First look.md", "--json");
  const lines = ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { cell: string; state: string; error: unknown });
  expect([ran.code, lines.filter(({ error }) => error !== null)]).toEqual([0, []]);
  const text = await workspace.read("notebooks/First look.md");
  return { text, states: Object.fromEntries(lines.map(({ cell, state }) => [cell, state])) };
}

const day = (index: number) => `2026-09-${String((index % 28) + 1).padStart(2, "0")}`;
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join("\n");

describe("segbook new", () => {
  it("makes of orders and visits a notebook that runs: sources, features, clusters, rules", async () => {
    const { text, states } = await made({
      "orders.csv": `order_id,customer_id,ordered_at,amount\n${rows(120, (i) => `${i},${i % 40},${day(i)} 10:00:00,${(i * 7) % 90}.50`)}\n`,
      "web-visits.csv": `customer_id,at,page\n${rows(300, (i) => `${i % 50},${day(i)} 10:0${i % 10}:00,/${i % 3}`)}\n`,
    });
    expect(states).toEqual({
      orders: "ran",
      web_visits: "ran",
      behaviour: "ran",
      personas: "ran",
      audiences: "ran",
    });
    expect(text).toContain("entity: customer_id");
    expect(text).toContain("event: placed order\nat: ordered_at");
    expect(text).toContain("sum of amount of placed order");
  });

  it("takes names with blanks, semicolons, commas in numbers and days first", async () => {
    const { text } = await made({
      "Käufe 2026 (alt).csv": `Kunden Nr;Customer ID;Kauf am;Order Total\n${rows(60, (i) => `${i};C ${i % 20};${String((i % 28) + 1).padStart(2, "0")}.09.2026;1${i},50`)}\n`,
    });
    expect(text).toContain("entity: Customer ID");
    expect(text).toContain("```source kaufe_2026_alt\nfiles: Käufe 2026 (alt).csv");
  });

  it("groups people by their numbers where nothing has a date", async () => {
    const { text, states } = await made({
      "clients.csv": `client_id,region,fresh,milk\n${rows(40, (i) => `${i},${i % 3},${i * 13},${(i * 31) % 97}`)}\n`,
    });
    expect(states).toMatchObject({ personas: "ran" });
    expect(text).toContain("of: clients\ncolumns: [region, fresh, milk]");
  });

  it("makes sources alone where there is no key, and says so", async () => {
    const { text, states } = await made({ "weather.csv": "day,rain\n2026-01-01,3\n2026-01-02,4\n" });
    expect(Object.keys(states)).toEqual(["weather"]);
    expect(text).toContain("No column looks like the key of a person");
    expect(text).not.toContain("entity:");
  });

  it("gives files of one name, or of another's relation's name, ids of their own", async () => {
    const { states } = await made({
      "a/orders.csv": "x\n1\n",
      "b/orders.csv": "x\n2\n",
      "orders_audit.csv": "x\n3\n",
      "2026.csv": "x\n4\n",
      "personas.csv": "x\n5\n",
    });
    expect(Object.keys(states)).toEqual(["orders", "orders_2", "orders_audit_2", "data", "personas_2"]);
  });

  it("looks at the data from its own last day where it is old", async () => {
    const { text } = await made({
      "purchases.csv": `customer_id,bought_on\n${rows(40, (i) => `${i % 10},2011-11-${String((i % 28) + 1).padStart(2, "0")}`)}\n`,
    });
    expect(text).toContain("as_of: 2011-11-28");
  });

  it("refuses a name that is taken, a file that is not there or outside, and one that can't be read", async () => {
    const workspace = await testWorkspace({
      notebooks: { "a.md": "---\nsegbook: 1\n---\n" },
      data: { "x.csv": "a\n1\n", "bad.parquet": "PAR1" },
    });
    const refused = async (...args: string[]) => {
      const { code, stderr, stdout } = await workspace.segbook("new", ...args);
      expect(stdout).toBe("");
      return [code, stderr];
    };
    expect(await refused("a", "--data", "x.csv")).toEqual([2, "There is a notebook notebooks/a.md already.\n"]);
    expect(await refused("b", "--data", "y.csv")).toEqual([2, expect.stringContaining("There is no file y.csv")]);
    expect(await refused("b", "--data", "/etc/hostname")).toEqual([2, expect.stringContaining("is not below")]);
    expect(await refused("../b", "--data", "x.csv")).toEqual([2, expect.stringContaining("leads upwards")]);
    expect(await refused("b", "--data", "bad.parquet")).toEqual([1, expect.stringContaining("bad.parquet")]);
    expect(await refused("b")).toEqual([2, expect.stringContaining("Which data?")]);
  });
});
