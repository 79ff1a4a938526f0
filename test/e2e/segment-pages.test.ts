import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { faultsInBothThemes, finished, runButton } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";
import { smallShop } from "./small-shop.ts";

const MAILS = `customer_id,sent_at,opened_at,clicked_at
1,2026-10-10 10:00:00,2026-10-10 12:00:00,2026-10-10 12:01:00
2,2026-10-10 10:00:00,,
5,2026-10-11 10:00:00,2026-10-11 11:00:00,
`;

const SENT = `
\`\`\`source mails
files: mails.csv
columns:
  customer_id: BIGINT
  sent_at: TIMESTAMP
  opened_at: TIMESTAMP
  clicked_at: TIMESTAMP
\`\`\`
`;

const chromium = findChromium();

describe.skipIf(chromium === null)("The pages of segments", { timeout: 60_000 }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    const files = {
      "data/orders.csv": smallShop.data["orders.csv"],
      "data/mails.csv": MAILS,
      "notebooks/shop.md": `${smallShop.notebooks["shop.md"].replace("as_of: 2026-10-31", "as_of: $day")}
\`\`\`input day
type: date
default: 2026-10-30
\`\`\`
${SENT}`,
    };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
  }, 120_000);

  afterAll(() => served?.close());

  async function refresh(): Promise<void> {
    await page.getByRole("button", { name: "Refresh", exact: true }).first().click();
    await page.locator("seg-refresh [slot=action]").click();
    await page.locator("seg-refresh table").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("seg-refresh table").waitFor({ state: "hidden" });
  }

  test("lead from the list to a segment, to others beside it, to a person and back", async () => {
    await runButton(page).click();
    await finished(page);
    await refresh();
    const segments = `${new URL(served.url).origin}/segments/notebooks/shop.md`;
    // Customer 2 ordered on 5 October, and on nothing since: on 4 November that is thirty days ago.
    await page.goto(`${segments}#groups.Recent`);
    await page.getByRole("button", { name: "Look seven days ahead" }).click();
    await page.locator("seg-forecast").getByText("Who goes first: 2 (4 Nov 2026).").waitFor();
    expect(await page.locator("seg-forecast tbody tr").count()).toBe(7);
    await page.goto(`${segments}#groups.Recent&groups.Spenders`);
    await page.locator("seg-migration").getByText("Moves are between two refreshes. One is recorded yet.").waitFor();
    // A finding leads to the cell that it is found in.
    await page.locator("seg-guards").getByRole("button", { name: /^line/ }).first().click();
    await page.locator("section#groups").waitFor();
    // Customer 3 buys no more, customer 4 has: a week later the last thirty days are others.
    await page.getByLabel("day").first().fill("2026-11-06");
    await page.locator("seg-refresh table").waitFor({ state: "detached" });
    await refresh();

    await page
      .locator("seg-navigation")
      .getByRole("link", { name: /^Segments/ })
      .click();
    // Size, trend, last change and findings of each; of its cell how fresh it is.
    const listed = page.locator("seg-segments-table tr").filter({ hasText: "Recent" });
    await listed.getByText("6 Nov 2026: 0 came, 1 went").waitFor();
    await listed.getByRole("img", { name: "2 times, from 4 to 3" }).waitFor();
    await listed.getByRole("link", { name: "1 of Recent" }).waitFor();
    await page.getByText(/as the notebook stands; recorded 2 times, last as of the end of 6 Nov 2026/).waitFor();
    await listed.getByRole("link", { name: "Recent", exact: true }).click();
    await page.locator("seg-segment-rates").getByText("Everybody").waitFor();
    const sections = page.locator("seg-segment-page section");
    expect(await sections.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))).toEqual([
      ...["Size over time", "Profile", "Rates", "Shared people", "People"],
    ]);
    await page.getByText("placed order at least once from 8 Oct to 6 Nov 2026").first().waitFor();
    expect(await page.locator("seg-segment-rates tbody tr").count()).toBe(2);
    expect(await faultsInBothThemes(page)).toEqual([]);

    await page.getByLabel("Compare with").selectOption({ label: "Spenders (groups)" });
    await page.locator("seg-recorded-together table").waitFor();
    expect(await page.locator("seg-recorded-together thead th").allInnerTexts()).toEqual([
      "As of",
      "Recent",
      "Spenders",
    ]);
    await page.locator("seg-migration table").waitFor();
    expect(await page.locator("seg-segment-rates tbody th").allInnerTexts()).toEqual([
      "Recent",
      "Spenders",
      "Everybody",
    ]);
    expect(await faultsInBothThemes(page)).toEqual([]);

    await page.getByRole("button", { name: "Without Spenders" }).click();
    await page.locator("seg-members").getByRole("gridcell", { name: "1", exact: true }).first().click();
    await page.getByRole("link", { name: "Open this person" }).click();
    await page.getByRole("heading", { name: "1", exact: true }).waitFor();
    await page.locator("seg-person-page summary").filter({ hasText: "Recent" }).click();
    const why = page.locator("seg-person-page details[open] seg-why li");
    await why.getByText(/placed order at least once from .* Nov 2026/).waitFor();
    await why.getByText("count: 1", { exact: true }).waitFor();
    await page.getByRole("link", { name: "All about Recent" }).click();
    await page.getByRole("heading", { name: "Recent", exact: true }).waitFor();
    await page.getByRole("link", { name: "groups", exact: true }).first().click();
    await page.locator("section#groups").waitFor();
    expect(served.complaints).toEqual([]);
  });

  test("are found in the palette, with the page on which segments are chosen", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Compare segments");
    await page.keyboard.press("Enter");
    await page.getByLabel("Look at").selectOption({ label: "Spenders (groups)" });
    await page.getByRole("heading", { name: "Spenders", exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Recent");
    await page
      .locator("seg-palette")
      .getByRole("option", { name: /^segment\s*Recent/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Recent", exact: true }).waitFor();
    // From a page of segments too.
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Open a person");
    await page.keyboard.press("Enter");
    await page.locator("seg-person-page seg-empty").getByRole("link", { name: "1", exact: true }).click();
    await page.getByRole("heading", { name: "1", exact: true }).waitFor();
    expect(served.complaints).toEqual([]);
  });

  test("a cell that is stale is told what was recorded of it", async () => {
    const file = join(served.root, "notebooks", "shop.md");
    await writeFile(file, (await readFile(file, "utf8")).replace("total_spend >= $least", "total_spend > $least"));
    await page.goto(`${new URL(served.url).origin}/segments`);
    await page.getByText(/stale; recorded 2 times, last as of the end of 6 Nov 2026/).waitFor();
    await page.getByText("It has no result of today").waitFor();
    expect(served.complaints).toEqual([]);
  });
});
