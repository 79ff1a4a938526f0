import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { runButton } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();

const notebook = (title: string) => `---
segbook: 1
title: ${title}
as_of: 2026-10-31
---

\`\`\`sql people
SELECT 1 AS customer_id
\`\`\`
`;

describe.skipIf(chromium === null)("a notebook that is chosen while another is open", { timeout: 120_000 }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    const files = { "notebooks/a.md": notebook("First"), "notebooks/b.md": notebook("Second") };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
  });

  afterAll(() => served?.close());

  test("is what the header's button runs, however late it comes", async () => {
    await runButton(page, /^Run all/).waitFor();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const isSecond = (url: URL) =>
      url.pathname.startsWith("/api/notebook") && decodeURIComponent(url.href).includes("b.md");
    let held = 0;
    await page.route(isSecond, async (route) => {
      held++;
      await released;
      await route.continue();
    });
    await page
      .locator("seg-navigation")
      .getByRole("link", { name: /^Second/ })
      .click();
    await expect.poll(() => held).toBe(1);
    expect(await runButton(page, /^Run all/).count()).toBe(0);
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === "/api/runs");
    const clicked = runButton(page, /^Run all/).click();
    release();
    await clicked;
    expect((await asked).postDataJSON()).toMatchObject({ path: "notebooks/b.md" });
    expect(served.complaints).toEqual([]);
  });
});
