import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { openPage } from "./page.ts";
import { type Served, serveFiles } from "./served.ts";

const chromium = findChromium();

const NOTEBOOK = `---
segbook: 1
title: Lost
as_of: 2026-10-10
---

\`\`\`source orders
files: orders.csv
columns: {customer_id: {type: BIGINT, required: true}, ordered_at: TIMESTAMP}
event: placed order
at: ordered_at
\`\`\`

\`\`\`features people
columns: {n: count of placed order}
\`\`\`

\`\`\`segments groups
of: people
segments:
  Active: placed order in last 7 days
\`\`\`
`;

describe.skipIf(chromium === null)("a refresh whose end was not heard", { timeout: 240_000 }, () => {
  let served: Served;
  let browser: Browser;
  let page: Page;
  let isCut = true;
  const complaints: string[] = [];

  beforeAll(async () => {
    const files = {
      "data/orders.csv": "customer_id,ordered_at\n1,2026-10-08 10:00:00\n",
      "notebooks/lost.md": NOTEBOOK,
    };
    [served, browser] = await Promise.all([serveFiles(files), launchChromium(chromium ?? "")]);
    page = await openPage(browser, served.url, complaints, async (opened) => {
      await opened.route("**/api/events", (route) => (isCut ? route.abort() : route.continue()));
    });
    page.setDefaultTimeout(120_000);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test("is asked for once the connection is back, and told as the server has it", async () => {
    const dialog = page.locator("seg-refresh");
    await page.getByRole("button", { name: "Refresh", exact: true }).first().click();
    await dialog.getByText("Nothing has been recorded yet").waitFor();
    await dialog.locator("[slot=action]").click();
    await dialog.getByText("The connection is lost; trying again.").waitFor();
    const recorded = async () => {
      const history = new URL("/api/history?path=notebooks/lost.md", served.url);
      const reply = await page.request.get(history.href);
      return ((await reply.json()) as { refreshes: unknown[] }).refreshes.length;
    };
    await expect.poll(recorded, { timeout: 180_000 }).toBe(1);
    isCut = false;
    await dialog.getByText("A refresh was recorded meanwhile, as of").waitFor();
    expect(await dialog.getByText("Cancelled").count()).toBe(0);
    expect(await dialog.getByText("trying again").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
