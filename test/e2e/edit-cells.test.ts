import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { cellOf, faults, focused } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();
const SOON = { timeout: 15_000 };

const SHOP = `---
segbook: 1
title: Shop
---

What was bought is in \`orders\`.

\`\`\`source orders
files: orders.csv
\`\`\`

\`\`\`sql by_category
-- orders by category
SELECT orders.category, sum(amount) AS amount
FROM orders
GROUP BY ALL
\`\`\`

\`\`\`sql rich
FROM by_category WHERE amount > 30
\`\`\`
`;

// Each test goes on where the one before ended.
describe.skipIf(chromium === null)("cells are edited in the page", { timeout: 60_000 }, () => {
  let served: ServedPage;
  let page: Page;
  const text = () => readFile(join(served.root, "notebooks", "shop.md"), "utf8");
  const ids = async () => [...(await text()).matchAll(/^```\w+ (\w+)/gm)].map((found) => found[1]);
  const expectFocus = (wanted: string | RegExp) => expect.poll(() => focused(page), SOON).toMatch(wanted);

  beforeAll(async () => {
    const files = {
      "notebooks/shop.md": SHOP,
      "data/orders.csv": "customer_id,amount,category\n1,20,Tea\n2,30,Coffee\n3,5,Tea\n",
      "data/visits.csv": "customer_id,page\n1,home\n",
    };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
    await cellOf(page, "rich").waitFor();
  }, 120_000);

  afterAll(() => served?.close());

  test("F2 renames a cell wherever it is read, says what is wrong with a name as it is typed, and is one step to take back", async () => {
    await cellOf(page, "orders").getByText("orders", { exact: true }).first().click();
    await page.keyboard.press("F2");
    await page.keyboard.type("rich");
    await page.getByText("The id rich is that of the cell in line").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("sales");
    await page.keyboard.press("Enter");
    await expectFocus("section#sales");
    const renamed = SHOP.replace("source orders", "source sales")
      .replace("SELECT orders.", "SELECT sales.")
      .replace("FROM orders\n", "FROM sales\n");
    await expect.poll(text, SOON).toBe(renamed);
    await page.getByRole("button", { name: "Change it there too" }).click();
    await expect.poll(text, SOON).toBe(renamed.replace("`orders`", "`sales`"));
    await page.keyboard.press("z");
    await expect.poll(text, SOON).toBe(renamed);
    await page.keyboard.press("z");
    await expect.poll(text, SOON).toBe(SHOP);
    await expectFocus("section#orders");
    await page.keyboard.press("Control+y");
    await expect.poll(text, SOON).toBe(renamed);
    await page.keyboard.press("Control+z");
    await expect.poll(text, SOON).toBe(SHOP);
  });

  test("a cell is dragged to another place, Escape lets it be, and keys do the same", async () => {
    const handle = page.getByRole("button", { name: /^Move rich/ });
    const drag = async () => {
      await cellOf(page, "rich").scrollIntoViewIfNeeded();
      await cellOf(page, "rich").locator("section").hover();
      const from = await handle.boundingBox();
      const to = await cellOf(page, "by_category").boundingBox();
      if (from === null || to === null) throw new Error("there is nothing to drag");
      await page.mouse.move(from.x + 8, from.y + 8);
      await page.mouse.down();
      await page.mouse.move(from.x + 12, from.y - 20, { steps: 3 });
      await page.mouse.move(from.x + 12, to.y + 2, { steps: 5 });
      await page.locator(".drop").waitFor();
    };
    await drag();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await page.locator(".drop").count()).toBe(0);
    await drag();
    await page.mouse.up();
    await expect.poll(ids, SOON).toEqual(["orders", "rich", "by_category"]);
    await expectFocus("section#rich");
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(text, SOON).toBe(SHOP);
    await handle.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect.poll(ids, SOON).toEqual(["rich", "orders", "by_category"]);
    expect(await focused(page)).toMatch(/^button/);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(text, SOON).toBe(SHOP);
  });

  test("a deleted cell comes back with its text, its place, its folding and the focus", async () => {
    await cellOf(page, "by_category").locator("section").focus();
    await page.keyboard.press("o");
    await cellOf(page, "by_category").locator("seg-editor").waitFor({ state: "detached" });
    await page.keyboard.press("d");
    await page.keyboard.press("d");
    await expect.poll(ids, SOON).toEqual(["orders", "rich"]);
    await expectFocus("section#rich");
    await page.keyboard.press("z");
    await expect.poll(text, SOON).toBe(SHOP);
    await expectFocus("section#by_category");
    expect(await cellOf(page, "by_category").locator("seg-editor").count()).toBe(0);
  });

  test("finding looks into folded cells, replaces outside of ids, and gives the focus back", async () => {
    await page.keyboard.press("Control+f");
    await page.keyboard.type("amount");
    const bar = page.getByRole("search", { name: "Find in the notebook" });
    await bar.getByText("1 of 3").waitFor();
    await cellOf(page, "by_category").locator("seg-editor").waitFor();
    await page.keyboard.press("Shift+Enter");
    await bar.getByText("3 of 3").waitFor();
    await bar.getByText("rich, line").waitFor();
    await cellOf(page, "by_category").locator("seg-editor").waitFor({ state: "detached" });
    await bar.getByRole("button", { name: "Replace", exact: true }).click();
    await bar.getByRole("textbox", { name: "Replace by" }).fill("money");
    await bar.getByRole("button", { name: "Replace all" }).click();
    await expect.poll(text, SOON).toBe(SHOP.replaceAll("amount", "money"));
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await bar.waitFor({ state: "detached" });
    await expectFocus("section#by_category");
    await page.keyboard.press("z");
    await expect.poll(text, SOON).toBe(SHOP);
  });

  test("a new cell is asked for with its place, reads what no source reads yet, and is written at once", async () => {
    await cellOf(page, "rich").locator("section").focus();
    await page.keyboard.press("b");
    await page.getByRole("combobox", { name: "Add a cell below rich: of which kind?" }).waitFor();
    await page.keyboard.type("source");
    await page.keyboard.press("Enter");
    await expectFocus(/cm-content/);
    await expect.poll(text, SOON).toBe(`${SHOP}\n\`\`\`source data\nfiles: visits.csv\n\`\`\`\n`);
    await page.keyboard.insertText("# typed ");
    await expect.poll(text, SOON).toContain("# typed files: visits.csv");
    // The text's own history first, and then the notebook's.
    await page.keyboard.press("Control+z");
    await expect.poll(text, SOON).toContain("\nfiles: visits.csv");
    await page.keyboard.press("Control+z");
    await expect.poll(text, SOON).toBe(SHOP);
    expect(await focused(page)).toMatch(/^section/);
  });

  test("the head is a form that says what is wrong with a value, and changes its own line", async () => {
    await page.getByRole("group", { name: "Settings of the notebook" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Seed").fill("many");
    await page.keyboard.press("Enter");
    await page.getByText("seed must be a whole number").waitFor();
    await page.getByLabel("Seed").fill("7");
    await page.keyboard.press("Enter");
    await expect.poll(text, SOON).toBe(SHOP.replace("title: Shop\n", "title: Shop\nseed: 7\n"));
    await page.keyboard.press("Escape");
    await expectFocus("shown");
    await page.keyboard.press("z");
    await expect.poll(text, SOON).toBe(SHOP);
  });

  test("another kind keeps the text, says what does not fit, and offers a template", async () => {
    await cellOf(page, "rich").locator("section").focus();
    await page.keyboard.press("y");
    await page.getByRole("combobox", { name: "Kind of rich" }).selectOption("transform");
    await expect.poll(text, SOON).toBe(SHOP.replace("sql rich", "transform rich"));
    await page.getByRole("button", { name: "Use a template" }).click();
    await expect.poll(text, SOON).toContain("```transform rich\nof: by_category\nverbs:");
    await page.keyboard.press("z");
    await page.keyboard.press("z");
    await expect.poll(text, SOON).toBe(SHOP);
  });

  test("a file of data that somebody changes makes stale what reads it, by itself and with the reason", async () => {
    await page.keyboard.press("Control+Shift+Enter");
    await cellOf(page, "rich")
      .getByText(/rows.*computed/)
      .waitFor(SOON);
    await appendFile(join(served.root, "data", "orders.csv"), "4,50,Cocoa\n");
    await cellOf(page, "orders")
      .getByText(/^Stale: orders\.csv/)
      .waitFor(SOON);
    await cellOf(page, "rich")
      .getByText(/^Stale: by_category/)
      .waitFor(SOON);
  });

  test("the browser had nothing to complain of", () => {
    expect(served.complaints.concat(served.said())).toEqual([]);
  });
});
