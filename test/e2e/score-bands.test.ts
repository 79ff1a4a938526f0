import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { cellOf, faultsInBothThemes, finished, focused, runButton } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();
const SOON = { timeout: 15_000 };

/** Customer n has bought n times, on days before and after the moment: scores of 1 to 8, two people each. */
const ORDERS = Array.from({ length: 16 }, (_, customer) =>
  Array.from({ length: (customer % 8) + 1 }, (_, order) => `${customer},2026-09-0${order + 1} 10:00:00`),
).flat();
const LATER = [7, 6, 15, 0].map((customer) => `${customer},2026-10-20 10:00:00`);

const SHOP = `---
segbook: 1
as_of: 2026-09-30
---

\`\`\`source orders
files: orders.csv
columns:
  customer_id: {type: BIGINT, required: true}
event: placed order
at: ordered_at
\`\`\`

\`\`\`sql people
SELECT customer_id, count(*) AS orders FROM orders GROUP BY ALL ORDER BY ALL
\`\`\`

\`\`\`score warmth
of: people
points:
${Array.from({ length: 8 }, (_, times) => `  - {when: placed order at least ${times + 1} times, add: 1}\n`).join("")}bands:
  Hot: '>= 7' # to be called
  Warm: '>= 3'
  Cold: '>= 1'
\`\`\`
`;

// Each test goes on where the one before ended.
describe.skipIf(chromium === null)("a score's bands are set in the page", { timeout: 60_000 }, () => {
  let served: ServedPage;
  let page: Page;
  const text = () => readFile(join(served.root, "notebooks", "shop.md"), "utf8");
  const warmth = () => cellOf(page, "warmth").locator("seg-score-output");
  const border = (band: string) => warmth().getByRole("slider", { name: `Border of ${band}` });
  const said = async (band: string) => (await border(band).getAttribute("aria-valuetext")) ?? "";
  const peopleIn = (band: string) => warmth().getByRole("button", { name: `people in ${band}` });

  /** Cells above and below grow while their rows come; the handle is dragged from where it stays. */
  const isAtRest = async () => {
    const before = await border("Hot").boundingBox();
    await page.waitForTimeout(500);
    const after = await border("Hot").boundingBox();
    return before !== null && after !== null && before.x === after.x && before.y === after.y;
  };

  beforeAll(async () => {
    const files = {
      "notebooks/shop.md": SHOP,
      "data/orders.csv": `customer_id,ordered_at\n${[...ORDERS, ...LATER, "99,2026-12-01 10:00:00"].join("\n")}\n`,
    };
    served = await openServed(chromium ?? "", serveFiles(files));
    page = served.page;
    await runButton(page, /^Run all/).click();
    await finished(page);
    await border("Hot").waitFor();
  }, 120_000);

  afterAll(() => served?.close());

  test("a handle is dragged: sizes follow it, and the text once it is let go", async () => {
    expect(await said("Hot")).toBe("Hot ≥ 7: 4 people, 23.5\u00a0%");
    await border("Hot").scrollIntoViewIfNeeded();
    await expect.poll(isAtRest, SOON).toBe(true);
    const from = await border("Hot").boundingBox();
    const to = await border("Warm").boundingBox();
    if (from === null || to === null) throw new Error("there are no handles");
    // From 3 to 7 are four bars; two of them to the left is 5.
    const step = (from.x - to.x) / 4;
    const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 2 * step, y, { steps: 5 });
    await expect.poll(() => said("Hot"), SOON).toBe("Hot ≥ 5: 8 people, 47.1\u00a0%");
    await expect.poll(() => peopleIn("Hot").textContent(), SOON).toContain("8");
    expect(await text()).toBe(SHOP);
    await page.mouse.up();
    await expect.poll(text, SOON).toBe(SHOP.replace("'>= 7'", "'>= 5'"));
    await finished(page);
  });

  test("each rule stands once with what it gives, and opens in the builder below", async () => {
    const rules = warmth().locator("seg-score-rules");
    const edits = rules.getByRole("button", { name: /^Edit rule: placed order at least/ });
    await expect.poll(() => edits.count(), SOON).toBe(8);
    const given = () => rules.locator("tbody tr").nth(6).locator("td").first().allInnerTexts();
    await expect.poll(given, SOON).toEqual(["4"]);
    await edits.nth(6).click();
    await rules.getByRole("group", { name: "The whole rule" }).waitFor();
    await rules.getByRole("button", { name: "Close" }).click();
    await rules.getByRole("group", { name: "The whole rule" }).waitFor({ state: "detached" });
    await expect.poll(() => focused(page), SOON).toBe("button quiet");
  });

  test("keys step it, as one change that is taken back in one", async () => {
    await border("Hot").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => said("Hot"), SOON).toBe("Hot ≥ 8: 2 people, 11.8\u00a0%");
    await page.keyboard.press("Enter");
    await expect.poll(text, SOON).toBe(SHOP.replace("'>= 7'", "'>= 8'"));
    await page.keyboard.press("Home");
    await page.keyboard.press("Escape");
    await expect.poll(() => said("Hot"), SOON).toContain("≥ 8");
    await page.keyboard.press("Control+z");
    await expect.poll(text, SOON).toBe(SHOP.replace("'>= 7'", "'>= 5'"));
    await page.keyboard.press("Control+z");
    await expect.poll(text, SOON).toBe(SHOP);
    await expect.poll(() => said("Hot"), SOON).toContain("≥ 7");
  });

  test("bands get names, borders and company, and natural breaks are one click", async () => {
    await warmth().getByRole("textbox", { name: "Name of Warm" }).fill("Tepid");
    await page.keyboard.press("Tab");
    const renamed = SHOP.replace("Warm:", "Tepid:");
    await expect.poll(text, SOON).toBe(renamed);
    await page.getByText("Saved", { exact: true }).waitFor();
    await warmth().getByRole("textbox", { name: "Tepid from" }).fill("9");
    await page.keyboard.press("Tab");
    await warmth().getByText("Tepid needs a number above 1 and below 7.").waitFor();
    await warmth().getByRole("button", { name: "Delete Tepid" }).click();
    await expect.poll(text, SOON).toBe(SHOP.replace("  Warm: '>= 3'\n", ""));
    await warmth().getByRole("button", { name: "Suggest borders" }).click();
    await warmth().getByRole("combobox", { name: "Natural breaks in" }).selectOption("4");
    await warmth().getByRole("button", { name: "Take these borders" }).click();
    await expect
      .poll(text, SOON)
      .toMatch(/Hot: '>= \d' # to be called\n {2}Band 2: '>= \d'\n {2}Band 3: '>= \d'\n {2}Cold: '>= 0'/);
    await finished(page);
  });

  test("an outcome is chosen, written and judged, and the page is at fault in neither theme", async () => {
    await warmth().getByRole("combobox", { name: "Outcome" }).selectOption("event placed order");
    await warmth().getByRole("button", { name: "Judge the bands by it" }).click();
    await expect.poll(text, SOON).toContain("outcome:\n  event: |-\n    placed order\n  within: 28 days\n");
    const table = warmth().getByRole("table", { name: "How the bands of warmth perform" });
    // Of the four with seven or eight orders, 6, 7 and 15 came again.
    await table.getByRole("row", { name: /^Hot 4 3 .*75/ }).waitFor();
    await finished(page);
    expect(await faultsInBothThemes(page)).toEqual([]);
    expect(served.complaints).toEqual([]);
  });
});
