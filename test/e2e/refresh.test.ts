import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { faultsInBothThemes } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const ORDERS = `customer_id,ordered_at
1,2026-10-01 10:00:00
2,2026-10-08 10:00:00
3,2026-10-15 10:00:00
`;

const NOTEBOOK = `---
segbook: 1
title: Refreshed
as_of: $day
---

\`\`\`input day
type: date
default: 2026-10-10
\`\`\`

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

const chromium = findChromium();
/** Kernels let others go first: on a busy machine a run takes a while. */
const RUN = 120_000;

describe.skipIf(chromium === null)("Refresh in the page", { timeout: 2 * RUN }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    const files = { "data/orders.csv": ORDERS, "notebooks/refreshed.md": NOTEBOOK };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
    page.setDefaultTimeout(RUN);
  }, 120_000);

  afterAll(() => served?.close());

  /** Opens the dialog and goes on in it; the table's text. */
  async function refreshed(): Promise<string[]> {
    await page.getByRole("button", { name: "Refresh", exact: true }).first().click();
    await page.locator("seg-refresh [slot=action]").click();
    const table = page.locator("seg-refresh table");
    await table.waitFor();
    return table.locator("tbody tr > *").allInnerTexts();
  }

  test("records who is in, and says who came and went and why", async () => {
    expect(await refreshed()).toEqual(["Active\ngroups", "1", "1\nfirst refresh", "0"]);
    expect(await faultsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByLabel("day").first().fill("2026-10-16");
    await page.locator("seg-refresh table").waitFor({ state: "detached" });
    expect(await refreshed()).toEqual(["Active\ngroups", "1", "1\nbehaviour", "1\ntime"]);
    await page.keyboard.press("Escape");
    await page.locator("seg-refresh table").waitFor({ state: "detached" });
    expect(served.complaints).toEqual([]);
  });

  test("says that a moment has been recorded or is earlier than the last, and asks for a later one", async () => {
    const dialog = page.locator("seg-refresh");
    const day = dialog.getByLabel(/^As of the end of/);
    const go = dialog.locator("seg-button[slot=action] button");
    await page.getByRole("button", { name: "Refresh", exact: true }).first().click();
    await dialog.getByText("This moment has been recorded").waitFor();
    await day.fill("2026-10-12");
    await day.press("Tab");
    await dialog.getByText("no earlier moment can be recorded: choose a later day above").waitFor();
    expect(await go.isDisabled()).toBe(true);
    await day.fill("2026-10-25");
    await day.press("Tab");
    await dialog.getByText("The last time was as of the end of 16 Oct 2026.").waitFor();
    await go.click();
    await dialog.getByText("Recorded as of").waitFor();
    expect(await dialog.locator("tbody tr > *").allInnerTexts()).toEqual(["Active\ngroups", "0", "0", "1\ntime"]);
  });
});
