import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { faults, faultsInBothThemes, focused, runButton } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";
import { watchedCounts } from "./watched-counts.ts";

const NOTEBOOK = `---
segbook: 1
title: Two hundred
as_of: 2026-10-31
---

\`\`\`source counted
files: counts.csv
columns:
  segment: VARCHAR
  period: DATE
  delivered: BIGINT
  opened: BIGINT
  clicked: BIGINT
  unsubscribed: BIGINT
\`\`\`

\`\`\`monitor watch
counts: counted
metrics: [open_rate, click_rate, unsubscribe_rate]
\`\`\`
`;

const FALLS = "Segment 006";
const chromium = findChromium();

describe.skipIf(chromium === null)("The monitor's pages", { timeout: 90_000 }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    const files = {
      "data/counts.csv": watchedCounts({ segments: 200, days: 168, falls: FALLS }),
      "notebooks/watch.md": NOTEBOOK,
    };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
    await runButton(page).click();
    await page.locator("seg-watch seg-alert-list li").first().waitFor({ timeout: 120_000 });
  }, 180_000);

  afterAll(() => served?.close());

  const wall = () => page.locator("seg-monitor-wall");
  const words = () => wall().locator("seg-wall-filter [role=status]");

  test("a wall of two hundred segments is worst first, holds only what is seen, and is sifted", async () => {
    await page.goto(new URL("/monitor", served.url).href);
    await wall().getByRole("gridcell").first().waitFor({ timeout: 60_000 });
    expect(await words().textContent()).toMatch(/^200 segments, 3 metrics: \d+ drift/);
    expect(await wall().getByRole("rowheader").first().textContent()).toBe(FALLS);
    expect(await wall().getByRole("rowheader").count()).toBeLessThan(60);
    await wall()
      .locator(".frame")
      .evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await wall().locator('[role=row][aria-rowindex="201"]').waitFor();

    await page.keyboard.press("/");
    await page.keyboard.type("Segment 01");
    await expect.poll(() => words().textContent()).toMatch(/^10 of 200 segments/);
    await wall().getByRole("combobox", { name: "Metric" }).selectOption("click_rate");
    await expect.poll(() => words().textContent()).toMatch(/^10 of 200 segments, click rate/);
    await wall().getByRole("combobox", { name: "Series" }).selectOption("confirmed");
    await wall().getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => words().textContent()).toMatch(/^200 segments/);
  });

  test("arrows go along it, Enter opens a series, Escape leads back to where one was", async () => {
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => focused(page)).toMatch(/^a cell/);
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    const asked: URLSearchParams[] = [];
    const hear = (request: { url: () => string }) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === "/api/result" && searchParams.get("relation") === "watch_series") asked.push(searchParams);
    };
    page.on("request", hear);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: `${FALLS}: click rate` }).waitFor();
    await page.locator("seg-weeks table").waitFor({ timeout: 60_000 });
    await page.locator("seg-weekdays").getByRole("columnheader", { name: "All pooled", exact: true }).waitFor();
    page.off("request", hear);
    // One segment of two hundred is asked for, and then, for its weekdays, its metric.
    expect(asked[0]?.get("where")).toBe(JSON.stringify({ segment: FALLS }));
    expect(new Set(asked.slice(1).map((each) => each.get("where")))).toEqual(new Set(['{"metric":"click_rate"}']));
    const sections = page.locator("seg-one-series section");
    await expect
      .poll(() => sections.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label"))))
      .toEqual(expect.arrayContaining(["Course", "Before and after", "Evidence", "Weekdays", "Week by week"]));
    await page.locator("seg-series-course").getByRole("button", { name: "Laney p′" }).click();
    await page.getByText(/would be called out of control. Laney's limits are/).waitFor();
    // A period is asked by the keys.
    await page.locator("seg-series-course [role=slider]").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await page.locator("seg-series-course seg-few-rows table").waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await wall().getByRole("gridcell").first().waitFor();
    await expect
      .poll(() => wall().evaluate((element) => element.shadowRoot?.activeElement?.textContent ?? ""))
      .toContain(`${FALLS}, click rate`);
  });

  test("weeks are saved as a file that a spreadsheet can open", async () => {
    await page.keyboard.press("Enter");
    await page.locator("seg-weeks table").waitFor({ timeout: 60_000 });
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("Segment-006-click-rate.csv");
  });

  test("a period and a week of it open what they are made of, by keys too", async () => {
    const course = page.locator("seg-series-course");
    await course.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    const period = course.locator("seg-cohort");
    await expect.poll(() => period.getByRole("status").textContent()).toMatch(/: 1 row of counted; .* of /);
    expect(await period.getByRole("columnheader").allTextContents()).toContain("delivered");
    const week = page
      .locator("seg-weeks")
      .getByRole("button", { name: /^Sends of / })
      .nth(1);
    await week.focus();
    await page.keyboard.press("Enter");
    const rows = page.locator("seg-weeks seg-cohort");
    await expect.poll(() => rows.getByRole("status").textContent()).toMatch(/: 7 rows of counted; /);
    const [told] = (await rows.getByRole("status").allTextContents()).flatMap(
      (words) => /[\d,]+ of ([\d,]+)/.exec(words)?.[1] ?? [],
    );
    const row = page.locator("seg-weeks tbody tr", { has: page.locator('button[aria-expanded="true"]') });
    expect(await row.getByRole("cell").first().textContent()).toBe(told);
    expect(await faults(page)).toEqual([]);
    await week.press("Enter");
    await rows.waitFor({ state: "detached" });
  });

  test("alerts are recorded, decided on and taken back", async () => {
    await page.goto(new URL("/monitor", served.url).href);
    await page.getByRole("button", { name: "Bring up to date" }).press("Enter");
    await page.getByText(/^Recorded /).waitFor({ timeout: 60_000 });
    expect(await focused(page)).toMatch(/^button/);
    const row = page.locator("seg-inbox-row").filter({ hasText: `${FALLS}: click rate fell` });
    await row.waitFor({ timeout: 60_000 });
    await page.getByText(/\d+ of \d+ series (is|are) not at (its|their) level any more, as recorded last/).waitFor();
    await page
      .locator("seg-navigation")
      .getByRole("link", { name: /^Monitor\s*\d+ open alerts/ })
      .waitFor();
    await row.getByRole("button", { name: /^Known cause/ }).press("Enter");
    await page.keyboard.type("the sender moved");
    await page.keyboard.press("Enter");
    await page.getByText("Acknowledged or snoozed: 1").waitFor();
    // The row has gone, and the focus went on; a key takes back what was decided last.
    await expect.poll(() => focused(page)).toMatch(/^(button|summary)/);
    await page.keyboard.press("z");
    await row.getByRole("button", { name: /^Known cause/ }).waitFor();
    await row.getByRole("button", { name: /^Known cause/ }).press("Enter");
    await page.keyboard.press("Enter");
    await page.getByText("Acknowledged or snoozed: 1").waitFor();
    await page.locator("seg-toast").getByRole("button", { name: "Undo" }).press("Enter");
    await row.getByRole("button", { name: /^Known cause/ }).waitFor();
    await expect.poll(() => focused(page)).not.toMatch(/^body/);
    // The day that is offered will do, though the newest period is weeks old; another form takes the focus along.
    await row.getByRole("button", { name: /^Known cause/ }).press("Enter");
    await row
      .getByRole("button", { name: /^Snooze/ })
      .first()
      .press("Enter");
    await expect.poll(() => focused(page)).toMatch(/^input/);
    await page.keyboard.press("Enter");
    await page.getByText("Acknowledged or snoozed: 1").waitFor();
    await page.locator("seg-toast").getByRole("button", { name: "Undo" }).first().press("Enter");
    await row.getByRole("button", { name: /^Known cause/ }).waitFor();
    await page.getByRole("button", { name: "Annotate" }).press("Enter");
    await page.keyboard.type("new sender domain");
    await page.getByLabel("on", { exact: true }).fill("2026-10-01");
    await page.getByLabel("to", { exact: true }).fill("2026-10-08");
    await page.keyboard.press("Enter");
    await page.getByText("Annotations: 1").waitFor();
    await page.getByText("What was done").click();
    await page.locator("seg-audit li").filter({ hasText: "new sender domain" }).waitFor();
    expect(await faults(page)).toEqual([]);
  });

  test("what lasted is a stretch of the series, and a recorded alert is decided on in the notebook too", async () => {
    const row = page.locator("seg-inbox-row").filter({ hasText: `${FALLS}: click rate fell` });
    await row.getByRole("link", { name: /^Look/ }).click();
    await page.locator("seg-series-chart rect.lasting").first().waitFor();
    await page.goto(new URL("/notebooks/watch.md", served.url).href);
    const cell = page.locator("seg-watch");
    await cell
      .locator("seg-inbox-row")
      .getByRole("button", { name: /^False alarm: Segment 006, click rate/ })
      .press("Enter");
    await page.keyboard.type("a test");
    await page.keyboard.press("Enter");
    await cell.getByText("false alarm: a test").waitFor();
    expect(served.complaints).toEqual([]);
  });

  test("an alert whose monitor is gone says so and is closed by hand", async () => {
    const [from, to] = ["watch.md", "elsewhere.md"].map((name) => join(served.root, "notebooks", name));
    await rename(from ?? "", to ?? "");
    await page.goto(new URL("/monitor", served.url).href);
    const gone = page.locator("seg-inbox-row").filter({ hasText: "its monitor is gone" });
    await gone.first().waitFor({ timeout: 60_000 });
    const closed = page.locator("seg-inbox summary", { hasText: /^Closed: / });
    const count = async () => Number(/\d+/.exec((await closed.textContent()) ?? "")?.[0]);
    const before = (await closed.count()) === 0 ? 0 : await count();
    await gone
      .first()
      .getByRole("button", { name: /^Close: / })
      .press("Enter");
    await expect.poll(count).toBe(before + 1);
    await page.keyboard.press("z");
    await page
      .locator("seg-toast")
      .getByText(/^Taken back: /)
      .waitFor();
    await gone
      .first()
      .getByRole("button", { name: /^Close: / })
      .waitFor();
    expect(await faults(page)).toEqual([]);
  });
});
