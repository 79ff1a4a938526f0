import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { cellOf, faultsInBothThemes } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const people = Array.from({ length: 600 }, (_, i) => `${i + 1},${i},${i % 10 !== 3}`).join("\n");

const NOTEBOOK = `---
segbook: 1
title: Guard rails
as_of: 2026-10-31
exclude: consent = false
---

\`\`\`source people
files: people.csv
columns:
  customer_id: {type: BIGINT, required: true, unique: true}
\`\`\`

\`\`\`segments groups
of: people
segments:
  Early: visits < 300
  Middle: visits between 20 and 320
  Nobody: visits > 5 AND visits < 3
\`\`\`
`;

const chromium = findChromium();

// Each test goes on where the one before ended.
describe.skipIf(chromium === null)("what is found of segments", { timeout: 60_000 }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    const files = { "data/people.csv": `customer_id,visits,consent\n${people}\n`, "notebooks/guards.md": NOTEBOOK };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
    await page.getByRole("button", { name: /^Run all/ }).click();
  }, 120_000);

  afterAll(() => served?.close());

  test("stands under them, with how much each two share", async () => {
    const cell = cellOf(page, "groups");
    await cell.getByText("Nobody can fit").waitFor();
    await cell.getByText(/share 252 of the 289 people in either \(Jaccard 0\.87\)/).waitFor();
    await cell.getByText("Shared people: Early and Middle are the most alike").click();
    await cell.getByRole("link", { name: "0.87 of Early and Middle" }).waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  test("is accepted with a reason by keys alone, and taken back by undo", async () => {
    const cell = cellOf(page, "groups");
    await cell.getByRole("button", { name: /^Accept: Nobody can fit/ }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("It waits for next year.");
    await page.keyboard.press("Enter");
    await cell.getByText("Accepted: It waits for next year.").waitFor();
    await cell.getByText("reason: It waits for next year.").waitFor();
    // The button under the hand is the one that takes it back.
    await cell.getByRole("button", { name: /^Take back: Nobody can fit/ }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await cell.getByRole("button", { name: /^Accept: Nobody can fit/ }).waitFor();
  });

  test("tells how many the head leaves out, and leads there", async () => {
    const cell = cellOf(page, "groups");
    await cell.getByText(/60 people are in no segment/).waitFor();
    await cell.getByRole("button", { name: "To the head" }).click();
    await expect.poll(() => page.locator("seg-head-form input[name=exclude]").inputValue()).toBe("consent = false");
    expect(served.complaints).toEqual([]);
  });
});
