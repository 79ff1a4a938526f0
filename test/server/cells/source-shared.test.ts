import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { source } from "../../../server/cells/source.ts";
import { sharedData } from "../../shared-data.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";
import { sourceCell } from "./put-file.ts";

const benches: Bench[] = [];
afterAll(() => Promise.all(benches.map((bench) => bench.close())));

async function benchOver(folder: string): Promise<Bench> {
  const bench = await openBench(folder);
  benches.push(bench);
  return bench;
}

const spectrum = sharedData("csv_spectrum");

describe.skipIf(spectrum === null)("csv-spectrum", () => {
  const folder = spectrum ?? "";
  let bench: Bench;
  beforeAll(async () => {
    bench = await benchOver(`${folder}/csvs`);
  });

  /** The copy at hand has lost its CRs, and one answer is of another file than its question. */
  const answer = (name: string): Record<string, string>[] => {
    const text = readFileSync(`${folder}/json/${name}.json`, "utf8").replaceAll("\\r\\n", "\\n");
    const parsed = JSON.parse(text) as Record<string, string> | Record<string, string>[];
    const rows = Array.isArray(parsed) ? parsed : [parsed];
    return name === "location_coordinates"
      ? rows.map((row) => ({ ...row, "Contact Phone Number": "2095257564" }))
      : rows;
  };

  const names = spectrum === null ? [] : readdirSync(`${folder}/csvs`).map((name) => name.replace(".csv", ""));

  it.each(names)("%s holds what its answer says", async (name) => {
    const expected = answer(name);
    const columns = Object.keys(expected[0] ?? {}).map((column) => `  ${JSON.stringify(column)}: text`);
    const body = `files: ${name}.csv\ncsv: {null_values: []}\ncolumns:\n${columns.join("\n")}`;
    const ran = await studyAndRun(bench, source, { notebook: sourceCell(body) });
    expect(ran.problems).toEqual([]);
    expect((await ran.rows()).map((row) => ({ ...row }))).toEqual(expected);
  });
});

const csvkit = sharedData("csv_csvkit/examples");

/** Rows and columns as Python's csv module counts them. */
const LOADED: Record<string, [rows: number, columns: number]> = {
  "blanks.csv": [1, 6],
  "blanks_converted.csv": [1, 6],
  "date_like_number.csv": [1, 1],
  "dummy.csv": [1, 3],
  "dummy.csv.gz": [1, 3],
  "dummy.tsv": [1, 3],
  "dummy2.csv": [1, 3],
  "dummy3.csv": [2, 3],
  "dummy_col_shuffled.csv": [1, 3],
  "dummy_col_shuffled_ragged.csv": [1, 4],
  "foo1.csv": [2, 3],
  "foo2.csv": [2, 3],
  "iris.csv": [150, 5],
  "irismeta.csv": [3, 3],
  "join_a.csv": [3, 3],
  "join_b.csv": [3, 3],
  "join_no_header_row.csv": [3, 3],
  "join_short.csv": [2, 5],
  "mac_newlines.csv": [2, 3],
  "no_header_row.csv": [1, 3],
  "no_header_row2.csv": [1, 3],
  "no_header_row3.csv": [2, 3],
  "optional_quote_characters.csv": [1, 3],
  "realdata/FY09_EDU_Recipients_by_State.csv": [53, 10],
  "realdata/acs2012_5yr_population.csv": [93, 4],
  "realdata/ks_1033_data.csv": [1575, 14],
  "sheetsxls_converted.csv": [5, 9],
  "sheetsxlsx_converted.csv": [5, 9],
  "sniff_limit.csv": [1, 3],
  "sort_ints_nulls.csv": [3, 3],
  "test_date_format.csv": [2, 1],
  "test_date_format_converted.csv": [2, 1],
  "test_geo.csv": [17, 12],
  "test_geojson.csv": [3, 7],
  "test_header_newline.csv": [1, 3],
  "test_ignore_case.csv": [5, 3],
  "test_literal_order.csv": [3, 2],
  "test_locale.csv": [1, 3],
  "test_locale_converted.csv": [1, 3],
  "test_no_leading_zeroes.csv": [1, 3],
  "test_numeric_date_format.csv": [2, 1],
  "test_precision.csv": [1, 1],
  "test_skip_lines.csv": [1, 3],
  "test_utf16_big.csv": [2, 3],
  "test_utf16_little.csv": [2, 3],
  "test_utf8.csv": [2, 3],
  "test_utf8_bom.csv": [2, 3],
  "testdbf_converted.csv": [8, 12],
  "testfixed_converted.csv": [4, 8],
  "testfixed_schema.csv": [8, 3],
  "testfixed_schema_no_inference.csv": [3, 3],
  "testjson_converted.csv": [5, 7],
  "testjson_multiline_converted.csv": [2, 3],
  "testjson_nested_converted.csv": [2, 7],
  "testxls_converted.csv": [5, 8],
  "testxls_unicode_converted.csv": [1, 3],
  "testxlsx_converted.csv": [5, 8],
  "testxlsx_noinference_converted.csv": [5, 8],
  "testxlsx_unicode_converted.csv": [1, 3],
};

const REFUSED: Record<string, string> = {
  "bad.csv": 'line 2: `1,27,,"I\'m too long!"` has 4 fields, expected 3',
  "bad_skip_lines.csv": 'line 5: `1,27,,"I\'m too long!"` has 4 fields, expected 3',
  "dummy.csv.bz2": "is packed as bzip2",
  "empty.csv": "is empty: it has no lines",
  "join_a_short.csv": "line 2: `1,b` has 2 fields, expected 3",
  "null_byte.csv": "line 2: `␀,2,3` holds a null byte",
  "realdata/Datagov_FY10_EDU_recp_by_State.csv": "line 1: the head has 9 fields and no name",
  "test_empty_columns.csv": "line 3: `,,c,` has 4 fields, expected 5",
  "test_empty_columns_long_row.csv": "line 2: `,,,` has 4 fields, expected 3",
  "test_empty_columns_short_row.csv": "line 2: `,` has 2 fields, expected 3",
  "test_extra_header.csv": "line 2: `1,2,3` has 3 fields, expected 4",
  "test_join_short_rows.csv": "line 2: `1,cat` has 2 fields, expected 3",
  "test_latin1.csv": "line 3: `4,5,�` is not UTF-8",
};

describe.skipIf(csvkit === null)("csvkit's examples", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await benchOver(csvkit ?? "");
  });
  const run = (body: string) => studyAndRun(bench, source, { notebook: sourceCell(body) });
  const load = async (body: string) => {
    const ran = await run(body);
    expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    return (await ran.rows()).map((row) => ({ ...row }));
  };

  const files =
    csvkit === null
      ? []
      : readdirSync(csvkit, { recursive: true, encoding: "utf8" }).filter((name) => /\.(csv|tsv)/.test(name));

  it("are all judged here", () => {
    expect([...files].sort()).toEqual([...Object.keys(LOADED), ...Object.keys(REFUSED)].sort());
  });

  it.each(Object.entries(LOADED))("%s loads", { timeout: 20_000 }, async (file, [rows, columns]) => {
    expect(await load(`files: ${file}`)).toHaveLength(rows);
    expect(await bench.engine.describe({ sql: "SELECT * FROM orders" })).toHaveLength(columns);
  });

  it.each(Object.entries(REFUSED))("%s is refused", { timeout: 20_000 }, async (file, reason) => {
    const [problem] = (await run(`files: ${file}`)).problems;
    expect(problem?.severity).toBe("error");
    expect(problem?.message).toContain(`\`${file}\``);
    expect(problem?.message).toContain(reason);
  });

  it("give the same content however it is written", async () => {
    const plain = [{ a: 1, b: 2, c: 3 }];
    for (const file of ["dummy.csv", "dummy.csv.gz", "dummy.tsv", "sniff_limit.csv", "optional_quote_characters.csv"]) {
      expect(await load(`files: ${file}`)).toEqual(plain);
    }
    expect(await load("files: no_header_row.csv\ncsv: {names: [a, b, c]}")).toEqual(plain);
    expect(await load("files: test_skip_lines.csv\ncsv: {skip: 3}")).toEqual(plain);
    expect(await load("files: dummy_col_shuffled.csv")).toEqual([{ b: 2, c: 3, a: 1 }]);
  });

  it("give the documented content", async () => {
    expect(await load("files: test_locale.csv\ncsv: {decimal: ','}")).toEqual([{ a: 1.7, b: 200_000_000, c: null }]);
    expect(await load("files: test_locale_converted.csv")).toEqual([{ a: 1.7, b: 200_000_000, c: null }]);
    expect(await load("files: blanks.csv\ncsv: {null_values: [NA, N/A, NONE, 'NULL', .]}")).toEqual(
      await load("files: blanks_converted.csv"),
    );
    expect(await load("files: mac_newlines.csv")).toEqual([
      { a: "1", b: 2, c: 3 },
      { a: "Once upon\ra time", b: 5, c: 6 },
    ]);
    for (const file of ["test_utf16_big.csv", "test_utf16_little.csv"]) {
      expect((await load(`files: ${file}`))[1]).toEqual({ a: 4, b: 5, c: "ʤ" });
    }
    expect((await load("files: test_utf8_bom.csv"))[0]).toEqual({ foo: 1, bar: 2, baz: "3" });
    expect((await load("files: test_latin1.csv\ncsv: {encoding: latin-1}"))[1]).toEqual({ a: 4, b: 5, c: "©" });
    expect(await load("files: test_no_leading_zeroes.csv")).toEqual([{ a: "01", b: "00.11", c: 0.1 }]);
    expect(await load("files: test_numeric_date_format.csv\ncolumns: {a: DATE}")).toEqual([
      { a: "2014-01-02" },
      { a: "2012-12-31" },
    ]);
    expect((await load("files: foo*.csv")).map(({ name }) => name)).toEqual(["Jake", "Howard", "Liz", "Tim"]);
  });
});

const cdnow = sharedData("cdnow_sample");

describe.skipIf(cdnow === null)("CDNOW, in fixed widths", () => {
  it("gives the frequency, recency and age that are published for all 2,357 customers", {
    timeout: 60_000,
  }, async () => {
    const bench = await benchOver(cdnow ?? "");
    const body = `files: CDNOW_sample.txt
csv: {widths: [6, 5, 9, 3, 8], names: [master_id, customer_id, day, cds, amount]}
columns: {master_id: text, customer_id: BIGINT, day: DATE, cds: INTEGER, amount: "DECIMAL(10,2)"}`;
    const ran = await studyAndRun(bench, source, { notebook: sourceCell(body) });
    expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const sums =
      "SELECT count(*) AS rows, count(DISTINCT customer_id) AS customers, CAST(sum(amount) AS VARCHAR) AS amount FROM orders";
    expect(await bench.engine.rows({ sql: sums })).toMatchObject([
      { rows: 6919, customers: 2357, amount: "244091.94" },
    ]);
    const reference = await studyAndRun(bench, source, {
      notebook: "```source published\nfiles: cdnow_customers_summary.csv\n```\n",
    });
    expect(reference.problems).toEqual([]);
    const differing = `WITH own AS (
      SELECT customer_id, count(DISTINCT day) - 1 AS frequency, (max(day) - min(day)) / 7.0 AS recency,
        (DATE '1997-09-30' - min(day)) / 7.0 AS t
      FROM orders WHERE day <= DATE '1997-09-30' GROUP BY customer_id)
      SELECT count(*) AS customers, count(*) FILTER (
        own.frequency IS DISTINCT FROM p.frequency OR abs(own.recency - p.recency) > 0.0051 OR abs(own.t - p.T) > 0.0051
        OR own.customer_id IS NULL
      ) AS differing
      FROM published p LEFT JOIN own ON own.customer_id = p.ID`;
    expect(await bench.engine.rows({ sql: differing })).toMatchObject([{ customers: 2357, differing: 0 }]);
  });
});

const retail = sharedData("online_retail/online_retail.csv.gz");

describe.skipIf(retail === null)("Online Retail", () => {
  const body = `files: online_retail.csv.gz
rename: {InvoiceNo: invoice, StockCode: stock_code, Description: description, Quantity: quantity, InvoiceDate: placed_at, UnitPrice: price, CustomerID: customer_id, Country: country}
at: placed_at
event: placed order`;
  let bench: Bench;
  beforeAll(async () => {
    bench = await benchOver(`${sharedData("online_retail") ?? ""}`);
  });
  const run = async (more: string) => {
    const ran = await studyAndRun(bench, source, { notebook: sourceCell(`${body}\n${more}`) });
    expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const audit = await ran.rows("_audit");
    const rows = (check: string, column: string | null = null) =>
      audit.find((row) => row.check === check && row.column === column)?.rows;
    return { ...ran, audited: rows };
  };

  it("has the known lines, missing customers, copies and sum", { timeout: 120_000 }, async () => {
    const { audited } = await run('columns: {price: "DECIMAL(10,3)", quantity: INTEGER}');
    expect(audited("rows")).toBe(541_909);
    expect(audited("missing", "customer_id")).toBe(135_080);
    expect(audited("exact_duplicates")).toBe(5268);
    const sql = `SELECT count(DISTINCT invoice) AS invoices, count(DISTINCT customer_id) AS customers,
      CAST(round(sum(quantity * price), 2) AS VARCHAR) AS revenue FROM orders`;
    expect(await bench.engine.rows({ sql })).toMatchObject([{ invoices: 25_900, customers: 4372 }]);
    expect((await bench.engine.rows({ sql }))[0]?.revenue).toMatch(/^9747747\.93/);
  });

  it("has the known cancellations and prices that are not above zero", { timeout: 120_000 }, async () => {
    const { audited, problems } = await run(
      "columns:\n  price: {type: \"DECIMAL(10,3)\", min: 0.001}\n  invoice: {type: text, matches: '^[^C]'}\non_error: set_aside",
    );
    expect(audited("min", "price")).toBe(2517);
    expect(audited("matches", "invoice")).toBe(9288);
    expect(problems.map(({ code }) => code)).toContain("set-aside");
    const sql = "SELECT line, value FROM orders_rejects WHERE \"column\" = 'invoice' ORDER BY line LIMIT 1";
    // Line 143 of the unzipped file is the first that begins with a C.
    expect(await bench.engine.rows({ sql })).toMatchObject([{ line: 143, value: "C536379" }]);
  });

  it("keeps the 401,604 different lines of known customers", { timeout: 120_000 }, async () => {
    const { audited } = await run(
      "where: customer_id IS NOT NULL\ndedupe: [invoice, stock_code, description, quantity, placed_at, price, customer_id, country]",
    );
    expect(audited("where")).toBe(135_080);
    expect(audited("dedupe")).toBe(5225);
    expect(audited("kept")).toBe(401_604);
  });
});
