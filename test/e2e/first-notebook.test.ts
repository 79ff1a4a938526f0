import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { openPage, runButton } from "./page.ts";
import { type Served, serveFiles } from "./served.ts";

const chromium = findChromium();

const NOTEBOOK = `---
segbook: 1
title: First
as_of: 2026-10-31
---

\`\`\`sql people
SELECT 1 AS customer_id
\`\`\`
`;

describe.skipIf(chromium === null)("the first notebook of a page", { timeout: 120_000 }, () => {
  let served: Served;
  let browser: Browser;
  let page: Page | null = null;
  const complaints: string[] = [];
  const never = new Promise<void>(() => undefined);

  beforeAll(async () => {
    const files = { "notebooks/first.md": NOTEBOOK };
    [served, browser] = await Promise.all([serveFiles(files), launchChromium(chromium ?? "")]);
  });

  afterEach(() => page?.close());

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test("does not wait for what is recorded of monitors", async () => {
    page = await openPage(browser, served.url, complaints, async (opened) => {
      await opened.route("**/api/alerts*", () => never);
    });
    await runButton(page, /^Run all/).waitFor();
    expect(complaints).toEqual([]);
  });

  test("waits for the events' first try, but not for good", async () => {
    // The page's clock stands, so that its patience ends when the test says so.
    const read: string[] = [];
    page = await openPage(browser, served.url, complaints, async (opened) => {
      await opened.clock.install({ time: 0 });
      await opened.clock.pauseAt(1_000);
      await opened.route("**/api/events", () => never);
      opened.on("requestfinished", (request) => void read.push(new URL(request.url()).pathname));
    });
    await expect.poll(() => read).toContain("/api/notebook");
    await page
      .locator("seg-navigation")
      .getByRole("link", { name: /^First/ })
      .waitFor();
    expect(await runButton(page).count()).toBe(0);
    await page.clock.runFor(2_900);
    expect(await runButton(page).count()).toBe(0);
    await page.clock.runFor(200);
    await runButton(page, /^Run all/).waitFor();
    expect(complaints).toEqual([]);
  });
});
