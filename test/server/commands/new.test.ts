import { describe, expect, it } from "vitest";
import { type TestWorkspace, testWorkspace } from "../../workspace.ts";

const MADE = "notebooks/First look.md";

/** Makes a notebook of the files; a plan of it must be without a word. */
async function made(data: Record<string, string | Buffer>): Promise<{ text: string; workspace: TestWorkspace }> {
  const workspace = await testWorkspace({ data });
  const files = Object.keys(data).map((name) => `data/${name}`);
  const said = await workspace.segbook("new", "First look", "--data", ...files);
  expect([said.stderr, said.code, said.stdout]).toEqual(["", 0, `${MADE}\n`]);
  return { text: await workspace.read(MADE), workspace };
}

/** Runs it: each cell must come to an end without an error; gives what they came to. */
async function statesOf(workspace: TestWorkspace): Promise<Record<string, string>> {
  const ran = await workspace.segbook("run", MADE, "--json");
  const lines = ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { cell: string; state: string; error: unknown });
  expect([ran.code, lines.filter(({ error }) => error !== null)]).toEqual([0, []]);
  return Object.fromEntries(lines.map(({ cell, state }) => [cell, state]));
}

const day = (index: number) => `2026-09-${String((index % 28) + 1).padStart(2, "0")}`;
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join("\n");

describe("segbook new", () => {
  it("makes of orders and visits a notebook that runs: sources, features, clusters, rules", async () => {
    const { text, workspace } = await made({
      "orders.csv": `order_id,customer_id,ordered_at,amount\n${rows(120, (i) => `${i},${i % 40},${day(i)} 10:00:00,${(i * 7) % 90}.50`)}\n`,
      "web-visits.csv": `customer_id,at,page\n${rows(300, (i) => `${i % 50},${day(i)} 10:0${i % 10}:00,/${i % 3}`)}\n`,
    });
    expect(await statesOf(workspace)).toEqual({
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

  it("takes names with blanks, marks and letters of any kind, and semicolons", async () => {
    const { text, workspace } = await made({
      "Käufe 2026 (alt).csv": `Kunden Nr;Customer ID;Kauf am;Order Total\n${rows(60, (i) => `${i};C ${i % 20};${day(i)};1${i},50`)}\n`,
    });
    expect(await statesOf(workspace)).toMatchObject({ kaufe_2026_alt: "ran", behaviour: "ran" });
    expect(text).toContain("entity: Customer ID");
    expect(text).toContain("```source kaufe_2026_alt\nfiles: Käufe 2026 (alt).csv");
  });

  it("finds the key that links files by what is in them, and everybody in the file that has each once", async () => {
    const { text, workspace } = await made({
      "asiakkaat.csv": `asiakas,email,kaupunki\n${rows(60, (i) => `A${i},a${i}@firma.example,${i % 4}`)}\n`,
      "ostot.csv": `asiakas,tilaus_id,aika,summa\n${rows(150, (i) => `A${i % 45},${i},${day(i)},${i % 30}.50`)}\n`,
    });
    expect(text).toContain("entity: asiakas\n");
    expect(text).toContain("from: asiakkaat\n");
    expect(await statesOf(workspace)).toMatchObject({ behaviour: "ran" });
    const people = await workspace.segbook("show", MADE, "behaviour", "--format", "csv");
    expect(people.stdout.trim().split("\n")).toHaveLength(61);
  });

  it("gives `id` of the customers the name that their orders have for it", async () => {
    const { text, workspace } = await made({
      "customers.csv": `id,city\n${rows(40, (i) => `${i},${i % 4}`)}\n`,
      "orders.csv": `id,customer_id,at,amount\n${rows(90, (i) => `${i},${i % 30},${day(i)},${i % 20}`)}\n`,
    });
    expect(text).toContain("```source customers\nfiles: customers.csv\nrename:\n  id: customer_id\n");
    expect(text).toContain("```source orders\nfiles: orders.csv\ncolumns:\n  customer_id: {required: true}\n");
    expect(await statesOf(workspace)).toMatchObject({ customers: "ran", behaviour: "ran" });
  });

  it("watches what became of sends", async () => {
    const { text, workspace } = await made({
      "mailings.csv": `opened_at,sent_at,customer_id\n${rows(400, (i) => `${i % 3 ? "" : `${day(i)} 11:00:00`},${day(i)} 10:00:00,${i % 40}`)}\n`,
    });
    expect(text).toContain("event: was sent mail\nat: sent_at\n");
    expect(text).toContain("was sent mail where opened_at IS KNOWN in last 90 days");
    expect(text).toContain("```monitor watch\nsegments: [audiences]\nsends: mailings\n```");
    expect(await statesOf(workspace)).toMatchObject({ audiences: "ran", watch: "ran" });
  });

  it("makes times and amounts of what files have as text or as seconds", async () => {
    const { text, workspace } = await made({
      "bestellungen.csv": `Kunden-Nr;Datum;Betrag\n${rows(60, (i) => `K${i % 20};${String((i % 28) + 1).padStart(2, "0")}.09.2026 10:30;1.${100 + i},50 €`)}\n`,
      "orders.csv": `Kunden-Nr,Order Date,Sales\n${rows(60, (i) => `K${i % 20},9/${(i % 28) + 1}/2026,"$1,${100 + i}.50"`)}\n`,
      "visits.csv": `Kunden-Nr,ts\n${rows(60, (i) => `K${i % 20},${1788000000 + 3600 * i}`)}\n`,
    });
    expect(text).toContain("'%d.%m.%Y %H:%M'");
    expect(await statesOf(workspace)).toMatchObject({ behaviour: "ran", audiences: "ran" });
    const newest = [
      ["bestellungen", "Datum", "2026-09-28T10:30:00"],
      ["orders", "Order Date", "2026-09-28T00:00:00"],
      ["visits", "ts", "2026-08-31T21:40:00"],
    ] as const;
    const asked = newest.map(([relation, column]) => `(SELECT max("${column}") FROM ${relation}) AS ${relation}`);
    const totals = `(SELECT sum("Betrag") FROM bestellungen) AS paid, (SELECT sum("Sales") FROM orders) AS sold`;
    await workspace.write(MADE, `${text}\n\`\`\`sql sums\nSELECT ${asked.join(", ")}, ${totals}\n\`\`\`\n`);
    const [found] = JSON.parse((await workspace.segbook("show", MADE, "sums", "--format", "json")).stdout);
    const total = 60 * 1100.5 + (59 * 60) / 2;
    expect([Number(found.paid), Number(found.sold)]).toEqual([total, total]);
    for (const [relation, , day] of newest) expect(found[relation]).toBe(day);
  });

  it("says what to do where a time is written as none", async () => {
    const { text } = await made({
      "k.csv": `client_id;bought\n${rows(10, (i) => `${i % 4};0${(i % 9) + 1}/09/2026`)}\n`,
    });
    expect(text).toContain("No column is read as a time by itself");
  });

  it("groups people by their numbers where nothing has a date", async () => {
    const { text, workspace } = await made({
      "clients.csv": `client_id,region,fresh,milk\n${rows(40, (i) => `${i},${i % 3},${i * 13},${(i * 31) % 97}`)}\n`,
    });
    expect(await statesOf(workspace)).toMatchObject({ personas: "ran" });
    expect(text).toContain("of: clients\ncolumns: [region, fresh, milk]");
  });

  it("makes amounts of prices and quantities, and counts orders rather than their lines", async () => {
    const { text, workspace } = await made({
      "retail.csv": `InvoiceNo,Quantity,UnitPrice,InvoiceDate,CustomerID\n${rows(300, (i) => `${Math.floor(i / 3)},${i % 5},2.5,${day(Math.floor(i / 3))},${Math.floor(i / 3) % 25}`)}\n`,
    });
    expect(text).toContain("distinct InvoiceNo of placed order");
    expect(await statesOf(workspace)).toMatchObject({ retail: "ran", behaviour: "ran" });
    const shown = await workspace.segbook("show", MADE, "behaviour", "--format", "json");
    const people = JSON.parse(shown.stdout) as { retail_count: number; retail_total: number }[];
    expect(people.reduce((sum, { retail_count }) => sum + retail_count, 0)).toBe(100);
    expect(people.reduce((sum, { retail_total }) => sum + retail_total, 0)).toBe(60 * (0 + 1 + 2 + 3 + 4) * 2.5);
  });

  it("numbers the rows of a table that has no key", async () => {
    const { text, workspace } = await made({
      "visits.csv": `pages,minutes,kind\n${rows(60, (i) => `${(i * 7) % 50},${(i * 13) % 41}.5,${i % 3}`)}\n`,
    });
    expect(text).toContain("entity: row_number\n");
    expect(await statesOf(workspace)).toMatchObject({ everybody: "ran", personas: "ran" });
  });

  it("takes no more than a few of a wide table's columns for clusters", async () => {
    const names = Array.from({ length: 200 }, (_, column) => `c${column}`);
    const { text, workspace } = await made({
      "wide.csv": `customer_id,${names}\n${rows(40, (i) => `${i},${names.map((_, column) => (i * (column + 7)) % 1009)}`)}\n`,
    });
    expect(text).toContain("Of 200 the first 30 are taken: choose.");
    expect(text).toContain(`columns: [${names.slice(0, 30).join(", ")}]`);
    expect(await statesOf(workspace)).toMatchObject({ personas: "ran" });
  });

  it("makes sources alone where there is no key, and says so", async () => {
    const { text } = await made({ "weather.csv": "day,rain\n2026-01-01,3\n2026-01-02,4\n" });
    expect(text.match(/```\w+ \w+/g)).toEqual(["```source weather"]);
    expect(text).toContain("No column looks like the key of a person");
    expect(text).not.toContain("entity:");
  });

  it("does not take a kind of people for a person", async () => {
    const { text } = await made({
      "sessions.csv": `VisitorType,zip_code,pages\n${rows(200, (i) => `${i % 2 === 0 ? "New" : "Returning"},${i % 3},${i}`)}\n`,
    });
    expect(text).not.toContain("entity:");
  });

  it("names the encoding or the format of a file that can't be read without, and says so in the notebook", async () => {
    const { text, workspace } = await made({
      "käufer.csv": Buffer.from("client_id,city\n1,Köln\n2,Bonn\n", "latin1"),
      "visits.dat": "client_id,pages\n1,3\n2,4\n",
    });
    expect(text).toContain("not UTF-8");
    expect(text).toContain("files: käufer.csv\ncsv: {encoding: windows-1252}\n");
    expect(text).toContain("files: visits.dat\nformat: csv\n");
    expect(await statesOf(workspace)).toMatchObject({ visits: "ran" });
    expect((await workspace.segbook("show", MADE, "kaufer", "--format", "csv")).stdout).toContain("Köln");
  });

  it("says what is wrong with a file where no encoding helps, and writes nothing", async () => {
    const workspace = await testWorkspace({ data: { "a.csv": "a,b\n1,2\n3,\0\n" } });
    const said = await workspace.segbook("new", "First look", "--data", "data/a.csv");
    expect([said.code, said.stdout]).toEqual([1, ""]);
    expect(said.stderr).toContain("null byte");
  });

  it("gives files of one name, or of another's relation's name, ids of their own", async () => {
    const { text } = await made({
      "a/orders.csv": "x\n1\n",
      "b/orders.csv": "x\n2\n",
      "orders_audit.csv": "x\n3\n",
      "2026.csv": "x\n4\n",
      "personas.csv": "x\n5\n",
    });
    expect(text.match(/(?<=```source )\w+/g)).toEqual(["orders", "orders_2", "orders_audit_2", "data", "personas_2"]);
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
