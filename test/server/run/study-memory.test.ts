import { createHash } from "node:crypto";
import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Remembered } from "../../../server/run/study-memory.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders, PATH, withHead } from "./notebook-runs.ts";

const never = new AbortController().signal;
const LEAST = cell("input", "least", "type: number\ndefault: 8");
const BIG = cell("sql", "big", "SELECT customer_id, amount FROM orders WHERE amount > $least");
const RULES = cell(
  "segments",
  "groups",
  "of: people\nsegments: {Dear: spend > $least, Late: placed order in last 10 days}",
);
const PEOPLE = cell("features", "people", "columns: {spend: sum of amount of placed order}");
const NOTEBOOK = orders() + LEAST + BIG + PEOPLE + RULES;

async function memoryFile(runs: NotebookRuns): Promise<string> {
  const folder = join(runs.workspace.state, "studies");
  const [name = ""] = await readdir(folder);
  return join(folder, name);
}

/** Changes what is remembered, as somebody might who can write there. */
async function plant(runs: NotebookRuns, change: (is: Remembered) => Remembered): Promise<void> {
  const file = await memoryFile(runs);
  const [head = "", ...lines] = (await readFile(file, "utf8")).split("\n");
  const entries = JSON.parse(lines.join("\n")) as [string, Remembered][];
  const body = JSON.stringify(entries.map(([key, is]) => [key, change(is)]));
  const mark = head.slice(0, head.lastIndexOf(" "));
  await writeFile(file, `${mark} ${createHash("sha256").update(body).digest("hex")}\n${body}`);
}

/** `big` yields a column that it does not. */
function lying(is: Remembered): Remembered {
  const isBig = is.canonical.includes("least") && typeof is.body === "string";
  const yields = [{ suffix: "", part: "", columns: [{ name: "planted", type: "BIGINT" }] }];
  return isBig ? { ...is, study: { ...is.study, yields } } : is;
}

const planOf = (runs: NotebookRuns, text: string, session = runs.another(), set = {}) =>
  session.plan({ path: PATH, text: withHead(text), set, asOf: null }, never);

describe("what a study found", () => {
  it("is remembered by the next process, which does not study again", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(orders() + LEAST);
    await runs.run(NOTEBOOK, { cells: ["groups"] });
    await plant(runs, lying);
    const { cells } = await planOf(runs, NOTEBOOK);
    expect(cells.find(({ id }) => id === "big")?.relations[0]?.columns).toEqual([{ name: "planted", type: "BIGINT" }]);
  });

  it("by another process is made sure of before the cell is run", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(orders() + LEAST);
    await runs.run(NOTEBOOK, { cells: ["groups"] });
    await plant(runs, lying);
    const other = runs.another();
    const ran = await runs.run(NOTEBOOK, { cells: ["big"] }, other);
    expect(ran.codes("big")).toEqual(["study-changed"]);
    expect((await runs.run(NOTEBOOK, { cells: ["big"] }, other)).story).toEqual(["orders found", "big computed"]);
  });

  it("lets no SQL through that a study would refuse", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(orders() + LEAST);
    await runs.run(NOTEBOOK, { cells: ["groups"] });
    const outside = "SELECT getenv('HOME') AS customer_id, amount FROM orders WHERE amount > $least";
    await plant(runs, (is) => (is.body === BIG.split("\n")[1] ? { ...is, body: outside } : is));
    const ran = await runs.run(NOTEBOOK, { cells: ["big"] }, runs.another());
    expect(ran.codes("big")).toEqual(["study-changed"]);
  });

  it("may not hide what the cell reads", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const first = runs.another();
    await planOf(runs, orders(), first);
    // Closing writes what is still to be written.
    await first.close();
    await plant(runs, (is) => ({ ...is, answered: [] }));
    expect((await runs.run(orders(), {}, runs.another())).codes("orders")).toEqual(["study-changed"]);
  });

  it("counts for nothing where its file is damaged", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(NOTEBOOK);
    const whole = await planOf(runs, NOTEBOOK);
    const file = await memoryFile(runs);
    const text = await readFile(file, "utf8");
    for (const damaged of [text.replace("customer_id", "customer_ix"), "", "{", text.slice(0, -20)]) {
      await writeFile(file, damaged);
      expect(await planOf(runs, NOTEBOOK)).toEqual(whole);
    }
    await truncate(file, 0);
    expect((await runs.run(NOTEBOOK, {}, runs.another())).result.state).toBe("done");
    expect((await readFile(file, "utf8")).length).toBeGreaterThan(500);
  });

  it("is not believed of other data", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const text = cell("source", "raw", "files: orders.csv") + cell("sql", "all_of_it", "FROM raw");
    await runs.run(text);
    await runs.put("orders.csv", ORDERS.replace("amount", "worth"));
    const { cells } = await planOf(runs, text);
    const names = cells[1]?.relations[0]?.columns.map(({ name }) => name);
    expect(names).toEqual(["customer_id", "worth", "ordered_at"]);
  });

  it("leaves every plan what it would be without", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS, "more.csv": ORDERS.replace("amount", "worth") });
    await runs.run(NOTEBOOK);
    const edits: ((text: string) => string)[] = [
      (text) => text.replace("amount > $least", "amount < $least"),
      (text) => text.replace("SELECT customer_id, amount", "SELECT nothing"),
      (text) => text.replace("files: orders.csv", "files: more.csv"),
      (text) => text.replace("FROM orders", "FROM groups"),
      (text) => text.replace("event: placed order", "event: bought"),
      (text) => text.replace("Dear: spend", "Dear: spent"),
      (text) => `A line of prose.\n\n${text}`,
      (text) => text.replace("input least", "input fewest"),
      (text) => text.replace("default: 8", "default: many"),
      (text) => text.replace("sum of amount", "count"),
      (text) => `---\nsegbook: 1\nas_of: 2026-10-05\n---\n\n${text}`,
    ];
    const remembering = runs.another();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(edits.length - 1), { maxLength: 4 }),
        fc.option(fc.constantFrom(5, 8, 12), { nil: null }),
        async (picks, least) => {
          const text = picks.reduce((so, pick) => edits[pick]?.(so) ?? so, NOTEBOOK);
          const set = least === null || picks.includes(7) ? {} : { least };
          const found = await planOf(runs, text, remembering, set);
          await rm(join(runs.workspace.state, "studies"), { recursive: true, force: true, maxRetries: 9 });
          expect(found).toEqual(await planOf(runs, text, runs.another(), set));
        },
      ),
      { numRuns: 20, seed: 4 },
    );
  });
});
