import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { finished, openPage, runButton } from "./page.ts";
import { type Served, serveFiles } from "./served.ts";

const chromium = findChromium();

const NOTEBOOK = `---
segbook: 1
title: Late
as_of: 2026-10-31
---

\`\`\`source orders
files: orders.csv
columns: {customer_id: BIGINT, amount: INTEGER}
\`\`\`
`;

describe.skipIf(chromium === null)("a page whose events come late", { timeout: 240_000 }, () => {
  let served: Served;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  let release = (): void => undefined;

  beforeAll(async () => {
    const files = { "data/orders.csv": "customer_id,amount\n1,30\n", "notebooks/late.md": NOTEBOOK };
    [served, browser] = await Promise.all([serveFiles(files), launchChromium(chromium ?? "")]);
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    page = await openPage(browser, served.url, complaints, async (opened) => {
      await opened.route("**/api/events", async (route) => {
        await released;
        await route.continue();
      });
    });
  });

  afterAll(async () => {
    release();
    await browser?.close();
    await served?.close();
  });

  test("shows what a run came to that nobody told it of", async () => {
    const started = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/runs");
    await runButton(page, /^Run all/).click();
    expect((await started).status()).toBe(202);
    const planned = async () => {
      const reply = await page.request.post(new URL("/api/plan", served.url).href, {
        data: { path: "notebooks/late.md" },
        headers: { origin: new URL(served.url).origin },
      });
      return ((await reply.json()) as { cells: { state: string }[] }).cells.map(({ state }) => state);
    };
    await expect.poll(planned, { timeout: 180_000 }).toEqual(["fresh"]);
    expect(await runButton(page, "Cancel").count()).toBe(1);
    release();
    await finished(page);
    await page.locator("seg-header").getByText("1 stale").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });
});
