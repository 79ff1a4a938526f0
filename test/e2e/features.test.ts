import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { openWorkspace, type TestWorkspace } from "../workspace.ts";
import { cellOf, faults } from "./page.ts";
import { type RunningServer, startServer } from "./processes.ts";

const chromium = findChromium();

const NOTEBOOK = `---
segbook: 1
title: Visitors
as_of: 2026-10-31
---

\`\`\`source orders
files: orders.csv
columns: {ordered_at: TIMESTAMP, amount: 'DECIMAL(10,2)', category: {one_of: [Kitchen, Bath]}}
event: placed order
at: ordered_at
\`\`\`

\`\`\`source web
files: web.csv
columns: {seen_at: TIMESTAMP}
event: viewed page
at: seen_at
\`\`\`

\`\`\`features behaviour
columns:
  orders_90d: count of placed order in last 90 days
  average_90d: average of amount of placed order in last 90 days
\`\`\`
`;

const DATA = {
  "orders.csv": `customer_id,ordered_at,amount,category
1,2026-10-20 10:00:00,80,Kitchen
1,2026-10-01 10:00:00,20,Bath
1,2026-01-01 10:00:00,5,Bath
2,2026-02-02 10:00:00,50,Bath
`,
  "web.csv": `customer_id,seen_at
1,2026-10-20 09:00:00
1,2026-10-20 09:10:00
1,2026-10-20 12:00:00
2,2026-10-21 12:00:00
`,
};

describe.skipIf(chromium === null)("ready features and what stands behind them", { timeout: 60_000 }, () => {
  let workspace: TestWorkspace;
  let server: RunningServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "visitors.md": NOTEBOOK }, data: DATA });
    [server, browser] = await Promise.all([startServer(workspace.root), launchChromium(chromium ?? "")]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    page.setDefaultTimeout(20_000);
    await page.goto(server.url);
    await page.getByRole("button", { name: /^Run all/ }).click();
    await page.getByRole("button", { name: "orders_90d" }).waitFor();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.kill();
    await workspace?.remove();
  });

  test("each feature shows how its values spread, and how many are missing", async () => {
    const rows = page.getByRole("list", { name: "Features of behaviour" }).locator("li");
    await expect
      .poll(async () => (await rows.locator(".missing").allInnerTexts()).map((words) => words.replaceAll(/\s+/g, " ")))
      .toEqual(["0 % of the people are missing", "50.0 % of the people are missing"]);
    for (const row of await rows.all()) expect(await row.locator("svg rect").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "average_90d" }).click();
    const behind = page.locator("seg-feature-behind");
    await behind.getByText(/^Of 2 people, 1 \(50.* are missing/).waitFor();
    await page.getByRole("button", { name: "average_90d" }).click();
    await behind.waitFor({ state: "detached" });
  });

  test("a number opens to a person's events, which say why they count or not", async () => {
    await page.getByRole("button", { name: "orders_90d" }).click();
    const behind = page.locator("seg-feature-behind");
    await behind.getByText("1 (50.0 %) have no event that counts").waitFor();
    await behind.getByText("2 of 3 count").waitFor();
    await behind.getByRole("row").filter({ hasText: "outside the window" }).getByText("5.00").waitFor();
    await behind.getByRole("button", { name: "Next person" }).click();
    await behind.getByText("0 of 1 count").waitFor();
    await behind.getByLabel("customer_id").fill("77");
    await page.keyboard.press("Enter");
    await behind.getByText("has no row for").waitFor();
    await behind.getByLabel("customer_id").fill("1");
    await page.keyboard.press("Enter");
    await behind.getByText("2 of 3 count").waitFor();
    expect(await faults(page)).toEqual([]);
  });

  test("an answer that comes while a key is typed does not write over it", async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/\/api\/evidence/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("button", { name: "average_90d" }).click();
    const behind = page.locator("seg-feature-behind");
    const key = behind.getByLabel("customer_id");
    await key.fill("2");
    answer();
    await behind.getByText("2 of 3 count").waitFor();
    expect(await key.inputValue()).toBe("2");
    await page.keyboard.press("Enter");
    await behind.getByText("0 of 1 count").waitFor();
    await page.unroute(/\/api\/evidence/);
  });

  test("features are picked, written as text with the source that they need, computed, and taken back", async () => {
    await page.getByRole("button", { name: "Add features…" }).click();
    const dialog = page.locator("seg-feature-picker");
    await dialog.getByText("Needs: cart addition.").first().waitFor();
    await dialog.getByLabel("Bounce rate").check();
    await dialog.getByLabel("Category shares").check();
    await dialog.getByText("count of had session where pages = 1 / count of had session").waitFor();
    expect(await faults(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Add 3 features" }).click();
    await page.getByRole("button", { name: "share_kitchen" }).waitFor();
    const text = await workspace.read("notebooks/visitors.md");
    expect(text).toContain("```source sessions\n");
    expect(text).toContain("  bounce_rate: count of had session where pages = 1 / count of had session\n");
    // Customer 1 has a session of two pages and one of one.
    await page.getByRole("button", { name: "bounce_rate" }).click();
    await page.locator("seg-feature-behind").getByLabel("customer_id").fill("1");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "bounce_rate is 0.5" }).waitFor();
    await cellOf(page, "behaviour").locator("section").focus();
    await page.keyboard.press("z");
    await expect.poll(() => workspace.read("notebooks/visitors.md")).toBe(NOTEBOOK);
  });
});
