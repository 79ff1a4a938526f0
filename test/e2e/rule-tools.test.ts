import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { cellOf, faults, finished, focused, runButton } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();
const SOON = { timeout: 15_000 };
/** Kernels let others go first: on a busy machine what is asked of them takes a while. */
const RUN = 120_000;

const ORDERS = `customer_id,ordered_at,amount
1,2026-10-01 10:00:00,30
1,2026-10-04 10:00:00,60
2,2026-10-02 10:00:00,10
3,2026-09-03 10:00:00,80
`;
const VISITS = `customer_id,seen_at,page
1,2026-10-01 09:00:00,lamps
2,2026-10-09 09:00:00,lamps
3,2026-09-01 09:00:00,beds
`;
const SOURCES = `
\`\`\`source orders
files: orders.csv
columns: {customer_id: BIGINT, ordered_at: TIMESTAMP, amount: INTEGER}
event: placed order
at: ordered_at
\`\`\`

\`\`\`source visits
files: visits.csv
columns: {customer_id: BIGINT, seen_at: TIMESTAMP}
event: viewed page
at: seen_at
\`\`\`

\`\`\`sql people
SELECT customer_id, sum(amount) AS spend FROM orders GROUP BY ALL ORDER BY ALL
\`\`\`
`;
const notebook = (segment: string) => `---
segbook: 1
title: Shop
as_of: 2026-10-31
---
${SOURCES}
\`\`\`segments groups
of: people
segments:
  ${segment}: |-
    spend >= 50
\`\`\`
`;

// Each test goes on where the one before ended.
describe.skipIf(chromium === null)("what a rule is looked at with", { timeout: 60_000 }, () => {
  let served: ServedPage;
  let page: Page;
  const text = () => readFile(join(served.root, "notebooks", "shop.md"), "utf8");
  const list = () => cellOf(page, "groups").locator("seg-segment-list");
  const builder = () => list().locator("seg-rule-builder");
  const portable = () => page.locator("seg-portable");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const choose = async (entry: string) => {
    await list().getByRole("button", { name: "More for Spenders" }).click();
    await list().getByRole("menuitem", { name: entry }).click();
  };

  beforeAll(async () => {
    const files = {
      ...{ "data/orders.csv": ORDERS, "data/visits.csv": VISITS },
      ...{ "notebooks/shop.md": notebook("Spenders"), "notebooks/other/shop.md": notebook("Elsewhere") },
    };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
    await page.locator("seg-navigation").getByRole("link", { name: "Shop (shop.md)", exact: true }).click();
    await runButton(page, /^Run all/).click({ timeout: RUN });
    await list()
      .getByRole("button", { name: /people in Spenders/ })
      .waitFor({ timeout: RUN });
    await finished(page);
  }, 3 * RUN);

  afterAll(() => served?.close());

  test("a step's WHERE and a sequence are built by keys alone, and drawn again from the text", async () => {
    await list().getByRole("button", { name: "Edit rule: Spenders" }).focus();
    await press("Enter");
    await builder().getByRole("group", { name: "The whole rule" }).waitFor();
    await builder().locator(".grip").last().focus();
    await press("a");
    await page.keyboard.type("viewed");
    await press("Tab");
    await page.keyboard.type("followed");
    await press("Tab", "Enter");
    // The new condition's column, how it is compared, and its value.
    await expect.poll(() => focused(page), SOON).toMatch("select");
    await press("Tab", "Tab");
    await page.keyboard.type("lamps");
    // Past the buttons that remove it and add another, to the next step.
    await press("Tab", "Tab", "Tab");
    await page.keyboard.type("placed");
    await press("Escape");
    const sequence = "spend >= 50 AND viewed page where page = 'lamps' then placed order within 30 days";
    await expect.poll(text, SOON).toContain(sequence);
    await expect.poll(() => builder().locator(".size").textContent(), SOON).toBe("1");
    // The other way: what is typed in the text is drawn.
    await cellOf(page, "groups").locator(".cm-line", { hasText: "spend >= 50" }).click();
    await press("End");
    for (let left = "30 days".length; left > 0; left--) await press("Backspace");
    await page.keyboard.type("2 hours");
    await expect.poll(() => builder().getByLabel("Within", { exact: true }).inputValue(), SOON).toBe("2");
    await expect.poll(text, SOON).toContain("within 2 hours");
  });

  test("the palette finds other notebooks' segments, and says which of two notebooks is meant", async () => {
    await press("Control+k");
    await page.keyboard.type("Elsewhere");
    const found = page.locator("seg-palette").getByRole("option", { name: /Elsewhere/ });
    await expect.poll(() => found.allInnerTexts(), SOON).toEqual([expect.stringContaining("Shop (other/shop.md)")]);
    await press("Escape");
  });

  test("how a rule is computed, and what it would have given, open below it as it is built", async () => {
    await builder().getByRole("button", { name: "SQL and plan" }).click();
    await builder().getByRole("region", { name: "SQL" }).getByText("spend").first().waitFor();
    await builder().getByRole("region", { name: "Plan" }).waitFor();
    await builder().locator("seg-explain").getByRole("button", { name: "Close" }).click();
    await builder().getByRole("button", { name: "Replay the past 52 weeks" }).click();
    await builder().locator("seg-replay").getByRole("button", { name: "As a table" }).click();
    await expect.poll(() => builder().locator("seg-replay tbody tr").count(), SOON).toBe(52);
    expect(await faults(page)).toEqual([]);
    await builder().locator("seg-replay").getByRole("button", { name: "Close" }).click();
    await builder().getByRole("button", { name: "Close", exact: true }).click();
  });

  test("a segment goes to another tool with a report of what that can't say, and comes back", async () => {
    await choose("Export…");
    const format = portable().getByRole("combobox", { name: "As" });
    await format.selectOption({ label: "JsonLogic" });
    await portable().getByText("half a rule would be another segment").waitFor();
    const report = portable().getByRole("list", { name: "What to know of it" });
    await expect.poll(() => report.getByRole("listitem").count(), SOON).toBeGreaterThan(0);
    expect(await faults(page)).toEqual([]);
    await format.selectOption({ label: "Tree (react-querybuilder)" });
    const tree = (await portable().getByLabel("The text").textContent()) ?? "";
    await press("Escape");
    await expect.poll(() => list().locator("li:focus-within").count(), SOON).toBe(1);
    await choose("Import another…");
    await portable().getByLabel("The definition").fill('{"==": [{"var": "nothing_here"}, 1]}');
    await portable().getByText("It can't be read in full").waitFor();
    await portable().getByLabel("The definition").fill("");
    await portable().getByLabel("The definition").fill(tree);
    await portable().getByText("Read in full.").waitFor();
    await portable().getByLabel("Name").fill("Brought back");
    expect(await faults(page)).toEqual([]);
    await portable().getByRole("button", { name: "Add to groups" }).click();
    await expect
      .poll(
        async () =>
          [...(await text()).matchAll(/^ {2}(Spenders|Brought back): \|-\n {4}(.*)$/gm)].map((each) => each[2]),
        SOON,
      )
      .toEqual([expect.stringContaining("within 2 hours"), expect.stringContaining("within 2 hours")]);
  });

  test("the browser had nothing to complain of", () => {
    expect(served.complaints.concat(served.said())).toEqual([]);
  });
});
