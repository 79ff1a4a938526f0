import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { openPage } from "./page.ts";
import { type Served, serveFiles } from "./served.ts";

const chromium = findChromium();

// It can't be counted, so that its button stays, to be pressed again.
const NOTEBOOK = `---
segbook: 1
title: Watched
as_of: 2026-10-31
---

\`\`\`source counted
files: counts.csv
columns: {segment: VARCHAR, period: DATE, delivered: BIGINT, opened: BIGINT}
\`\`\`

\`\`\`monitor watch
counts: counted
metrics: [open_rate]
\`\`\`
`;

describe.skipIf(chromium === null)("a monitor that is run from the monitors' page", { timeout: 240_000 }, () => {
  let served: Served;
  let browser: Browser;
  let page: Page;
  let isCut = true;
  const complaints: string[] = [];

  beforeAll(async () => {
    const files = {
      "data/counts.csv": "segment,period,delivered,opened\nA,2026-10-01,many,1\n",
      "notebooks/watched.md": NOTEBOOK,
    };
    [served, browser] = await Promise.all([serveFiles(files), launchChromium(chromium ?? "")]);
    page = await openPage(browser, served.url, complaints, async (opened) => {
      await opened.route("**/api/events", (route) => (isCut ? route.abort() : route.continue()));
    });
    page.setDefaultTimeout(120_000);
    await page.goto(new URL("/monitor", served.url).href);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test("is no longer run once a lost connection is back, whose end was not heard", async () => {
    const run = page.getByRole("button", { name: "Run watch of Watched" });
    const started = page.waitForResponse((response) => new URL(response.url()).pathname === "/api/runs");
    await run.click();
    const { run: id } = (await (await started).json()) as { run: string };
    expect(await run.getAttribute("aria-busy")).toBe("true");
    // Ended or cancelled, the server knows of it no more.
    const isKnown = async () => {
      const { origin } = new URL(served.url);
      const reply = await page.request.delete(`${origin}/api/runs/${id}`, { headers: { origin } });
      return ((await reply.json()) as { cancelled: boolean }).cancelled;
    };
    await expect.poll(isKnown, { timeout: 120_000 }).toBe(false);
    isCut = false;
    await expect.poll(() => run.getAttribute("aria-busy"), { timeout: 60_000 }).not.toBe("true");
    expect(complaints).toEqual([]);
  });
});
