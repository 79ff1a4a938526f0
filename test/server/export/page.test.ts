import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { exported } from "../../../server/export/export.ts";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { Ask } from "../../../server/run/asks.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders, PATH, withHead } from "../run/notebook-runs.ts";

const never = new AbortController().signal;

async function exportOf(runs: NotebookRuns, text: string, ask: Partial<Ask> = {}): Promise<string> {
  const snapshot = await runs.session.snapshot(
    { path: PATH, text: withHead(text), set: {}, asOf: null, ...ask },
    never,
  );
  const page = await exported(snapshot, never);
  if (isProblem(page)) throw new Error(page.message);
  return page;
}

/** A cell's section, without its text. */
function section(page: string, id: string): string {
  const found = new RegExp(`<section [^>]*id="${id}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? "";
  return found.replace(/<pre class="code">[\s\S]*?<\/pre>/, "");
}

test("a page holds at most 1,000 rows of a table and counts the others", async () => {
  const runs = await openRuns();
  const text =
    cell("sql", "numbers", "SELECT range AS n FROM range(19512) ORDER BY n") + cell("sql", "few", "SELECT 1 AS one");
  await runs.run(text);
  const page = await exportOf(runs, text);
  expect(section(page, "numbers").match(/<tr>/g)).toHaveLength(1_001);
  expect(section(page, "numbers")).toContain("and 18,512 more rows");
  expect(section(page, "few")).toContain('<td class="n">1</td>');
  expect(section(page, "few")).not.toContain("more row");
});

test("nothing is run: cells without a result of today say so, and why", async () => {
  const runs = await openRuns({ "orders.csv": ORDERS });
  const before = orders() + cell("sql", "totals", "SELECT sum(amount) AS total FROM orders");
  expect(section(await exportOf(runs, before), "totals")).toContain("it has not been run yet.");
  expect(await runs.cached()).toEqual([]);
  await runs.run(before);
  expect(section(await exportOf(runs, before), "totals")).toContain("35.50");
  const after = before.replace("sum(amount)", "avg(amount)");
  const page = await exportOf(runs, after);
  expect(section(page, "totals")).toContain("its text changed.");
  expect(section(page, "totals")).not.toContain("35.50");
  const wrong = await exportOf(
    runs,
    `${after}${cell("sql", "lost", "SELECT nothing FROM orders")}${cell("sql", "later", "FROM lost")}`,
  );
  expect(section(wrong, "lost")).toContain("nothing");
  expect(section(wrong, "later")).toContain("Blocked: <code>lost</code> is at fault.");
});

test("inputs are shown as they are set, and a value for no input is refused", async () => {
  const runs = await openRuns();
  const text =
    cell("input", "least", "type: number\ndefault: 1000\nlabel: At least") + cell("sql", "a", "SELECT $least AS least");
  await runs.run(text, { set: { least: 2500 } });
  expect(section(await exportOf(runs, text), "a")).toContain("input <code>least</code> was 2500");
  const page = await exportOf(runs, text, { set: { least: 2500 } });
  expect(page).toContain("<dt>At least</dt><dd>2,500</dd>");
  expect(section(page, "a")).toContain("2,500");
  const ask = { path: PATH, text: withHead(text), set: { most: 1 }, asOf: null };
  expect(await exported(await runs.session.snapshot(ask, never), never)).toMatchObject({ code: "unknown-input" });
});

test("its foot tells what the results were made of, and nothing of the machine", async () => {
  const runs = await openRuns({ "sub/orders.csv": ORDERS });
  const text = orders("orders", "sub/orders.csv");
  const ran = await runs.run(text, { lock: true });
  const page = await exportOf(runs, text);
  const foot = page.slice(page.indexOf("<footer"));
  expect(foot).toContain("sub/orders.csv");
  expect(foot).toContain(createHash("sha256").update(ORDERS).digest("hex"));
  expect(foot).toContain(`<td class="n">${ORDERS.length}</td>`);
  expect(foot).toContain(ran.cell("orders").key);
  for (const relation of Object.values(ran.result.lock?.lock.cells.orders?.relations ?? {}))
    expect(foot).toContain(relation.hash);
  expect(foot).toContain("2026-11-01T00:00:00+00:00");
  expect(page).not.toContain(runs.workspace.root);
  expect(await exportOf(runs, text)).toBe(page);
});

test("instants are written in the notebook's zone, which is named", async () => {
  const runs = await openRuns();
  const head = "---\nsegbook: 1\nas_of: 2026-10-31\ntimezone: Asia/Tokyo\n---\n\n";
  const text =
    head +
    cell(
      "sql",
      "times",
      "SELECT TIMESTAMPTZ '2026-07-01 12:00:00+00' AS instant, TIMESTAMP '2026-07-01 12:00:00' AS wall",
    );
  await runs.run(text);
  const page = await exportOf(runs, text);
  expect(section(page, "times")).toContain("<td>1 Jul 2026, 21:00</td><td>1 Jul 2026, 12:00</td>");
  expect(page).toContain("Asia/Tokyo");
});

test("a second cell of one id, a kind that is not known and a head that is at fault are told in their places", async () => {
  const runs = await openRuns();
  const text =
    cell("sql", "a", "SELECT 1 AS one") + cell("sql", "a", "SELECT 2 AS two") + cell("dream", "b", "of: sheep");
  await runs.run(text);
  const page = await exportOf(runs, text);
  expect(page.match(/<section /g)).toHaveLength(3);
  expect(page).toContain('<div class="file-problems">');
  expect(section(page, "b")).toContain("<b>dream</b> is not a kind of cell that this Segbook knows.");
  const ill = await exportOf(runs, `---\nsegbook: 1\nas_of: soon\n---\n\n${text}`);
  expect(ill).toContain("<code>soon</code>");
  expect(section(ill, "a")).toContain("Blocked");
});
