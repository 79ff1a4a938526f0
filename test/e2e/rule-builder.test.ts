import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { cellOf, faultsInBothThemes, focused } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();
const SOON = { timeout: 15_000 };

/** Person n has n % 5 orders of 10 · (n % 7) each, and opened mail on a day of October if n % 3 is 0. */
const people = Array.from({ length: 140 }, (_, n) => n);
const ordersOf = (n: number) => n % 5;
const amountOf = (n: number) => 100 * (n % 7);
const opened = (n: number) => n % 3 === 0;
const DATA = {
  "data/people.csv": ["customer_id,country,spend", ...people.map((n) => `${n},${["UK", "DE"][n % 2]},${n}`)].join("\n"),
  "data/orders.csv": [
    "customer_id,ordered_at,amount",
    ...people.flatMap((n) => new Array(ordersOf(n)).fill(`${n},2026-10-05 10:00:00,${amountOf(n)}`)),
  ].join("\n"),
  "data/mails.csv": ["customer_id,opened_at", ...people.filter(opened).map((n) => `${n},2026-10-06 10:00:00`)].join(
    "\n",
  ),
};
const NOTEBOOK = `---
segbook: 1
title: Built
as_of: 2026-10-31
---

\`\`\`source people
files: people.csv
columns: {customer_id: BIGINT, spend: INTEGER}
\`\`\`

\`\`\`source orders
files: orders.csv
columns: {customer_id: BIGINT, ordered_at: TIMESTAMP, amount: INTEGER}
event: placed order
at: ordered_at
\`\`\`

\`\`\`source mails
files: mails.csv
columns: {customer_id: BIGINT, opened_at: TIMESTAMP}
event: opened email
at: opened_at
\`\`\`

\`\`\`segments audiences
of: people
segments:
  British: |-
    Country = 'UK' AND spend > 20
  Others: |-
    spend <= 20
\`\`\`
`;
const RULE =
  "(placed order at least 3 times in last 90 days OR sum of amount of placed order in last 90 days > 500) AND NOT opened email never in last 60 days";

// Each test goes on where the one before ended.
describe.skipIf(chromium === null)("a rule is built beside its text", { timeout: 90_000 }, () => {
  let served: ServedPage;
  let page: Page;
  const text = () => readFile(join(served.root, "notebooks", "built.md"), "utf8");
  const list = () => cellOf(page, "audiences").locator("seg-segment-list");
  const builder = () => list().locator("seg-rule-builder");
  const size = () => builder().locator(".size").textContent();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  beforeAll(async () => {
    served = await openServed(chromium ?? "", serveFiles({ ...DATA, "notebooks/built.md": NOTEBOOK }));
    page = served.page;
    await cellOf(page, "people").waitFor();
  }, 120_000);

  afterAll(() => served?.close());

  test("before anything has run, it says what has to run, and does it", async () => {
    await list().locator("li", { hasText: "British" }).getByRole("button", { name: "Edit rule: British" }).click();
    await builder().getByRole("button", { name: "Run people" }).click();
    const british = people.filter((n) => n % 2 === 0 && n > 20).length;
    await expect.poll(size, SOON).toBe(String(british));
    await expect
      .poll(() => builder().getByText(/drops/).first().textContent(), SOON)
      .toBe(`drops ${people.length / 2}`);
    await builder().getByRole("button", { name: "Close" }).click();
    await expect.poll(() => focused(page), SOON).toMatch("button");
    const sentence = list().locator('li[data-segment="British"] .sentence');
    await expect.poll(() => sentence.textContent(), SOON).toBe("country is 'UK', and spend is more than 20");
  });

  test("a rule of groups and events is built by the keyboard alone", async () => {
    await list().getByRole("button", { name: "Add a segment" }).focus();
    await press("Enter");
    await page.keyboard.type("Engaged");
    await press("Enter");
    await page.keyboard.type("placed");
    await press("Tab", "ArrowDown", "Tab");
    await page.keyboard.type("3");
    await press("Tab", "Tab");
    await page.keyboard.type("in the");
    await press("Tab");
    await page.keyboard.type("90");
    await press("Escape", "Escape");
    await expect.poll(() => focused(page), SOON).toBe("button grip");
    await press("o");
    await page.keyboard.type("placed");
    await press("Tab");
    await page.keyboard.type("sum");
    await press("Tab");
    await page.keyboard.type("amount");
    await press("Tab");
    await page.keyboard.type("is more");
    await press("Tab");
    await page.keyboard.type("500");
    await press("Tab", "Tab");
    await page.keyboard.type("in the");
    await press("Tab");
    await page.keyboard.type("90");
    await press("Escape", "Escape", "ArrowLeft", "a");
    await page.keyboard.type("opened");
    await press("Tab");
    await page.keyboard.type("never");
    await press("Tab", "Tab");
    await page.keyboard.type("in the");
    await press("Tab");
    await page.keyboard.type("60");
    await press("Escape", "Escape", "n");
    await expect.poll(text, SOON).toContain(`  Engaged: |-\n    ${RULE}\n`);
    for (const source of ["orders", "mails"]) {
      const run = builder().getByRole("button", { name: `Run ${source}` });
      if (await run.isVisible()) await run.click();
      await run.waitFor({ state: "detached" });
    }
    const inIt = people.filter((n) => (ordersOf(n) >= 3 || ordersOf(n) * amountOf(n) > 500) && opened(n)).length;
    const run = builder().getByRole("button", { name: /^Run/ });
    await expect
      .poll(async () => {
        if (await run.isVisible()) await run.click();
        return size();
      }, SOON)
      .toBe(String(inIt));
  });

  test("every condition and group says how many it keeps, drops, and holds back", async () => {
    const often = (n: number) => ordersOf(n) >= 3;
    const much = (n: number) => ordersOf(n) * amountOf(n) > 500;
    const count = (holds: (n: number) => boolean) => people.filter(holds).length;
    const said = [(n: number) => often(n) || much(n), often, much, opened].map(
      (holds) => `keeps ${count(holds)} · drops ${people.length - count(holds)}`,
    );
    const sizes = async () =>
      (await builder().locator(".sizes").allInnerTexts()).map((words) =>
        /keeps \d+\s+·\s+drops \d+/.exec(words)?.[0].replaceAll(/\s+/g, " "),
      );
    await expect.poll(sizes, SOON).toEqual(said);
  });

  test("muting shows what a condition does and writes nothing; undo and redo go both ways", async () => {
    const before = await text();
    await builder().locator(".grip").last().focus();
    await press("m");
    const without = people.filter((n) => ordersOf(n) >= 3 || ordersOf(n) * amountOf(n) > 500).length;
    await expect.poll(() => builder().locator(".mutes").textContent(), SOON).toContain(`${without} people`);
    expect(await text()).toBe(before);
    await press("Control+z");
    await expect.poll(() => builder().locator(".mutes").count(), SOON).toBe(0);
    await press("Control+Shift+z");
    await expect.poll(() => builder().locator(".mutes").count(), SOON).toBe(1);
    expect(await text()).toBe(before);
    await press("m", "n");
    await expect.poll(text, SOON).toBe(before.replace("AND NOT opened", "AND opened"));
    await press("Control+z");
    await expect.poll(text, SOON).toBe(before);
    await press("Control+Shift+z");
    await expect.poll(text, SOON).toBe(before.replace("AND NOT opened", "AND opened"));
    await press("Control+z");
    await expect.poll(text, SOON).toBe(before);
  });

  test("conditions move between groups by the keyboard and by the mouse", async () => {
    const grips = () => builder().locator(".grip");
    await grips().last().focus();
    await press("Alt+ArrowUp");
    await expect.poll(text, SOON).toContain("OR NOT opened email never in last 60 days)");
    await expect.poll(() => focused(page), SOON).toBe("button grip");
    await press("Control+z");
    await expect.poll(text, SOON).toContain(RULE);
    const from = await grips().last().boundingBox();
    const to = await builder().locator(".condition").nth(1).boundingBox();
    if (from === null || to === null) throw new Error("the builder is not to be seen");
    await page.mouse.move(from.x + 8, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(to.x + 40, to.y + to.height, { steps: 4 });
    await page.mouse.up();
    await expect.poll(text, SOON).toContain("> 500 OR NOT opened email never in last 60 days");
    await press("Control+z");
    await expect.poll(text, SOON).toContain(RULE);
  });

  test("a group in a group is made and filled by the mouse alone", async () => {
    const before = await text();
    await builder().locator(".condition").first().getByRole("button", { name: "More for" }).click();
    await builder().getByRole("menuitem", { name: "Put into a group" }).click();
    const inner = builder().locator(".group .group .group");
    await inner.getByRole("button", { name: "and a condition" }).click();
    await inner.getByLabel("What it is about").last().selectOption({ label: "spend" });
    const value = inner.getByRole("combobox", { name: "Value of spend" });
    await value.fill("50");
    await value.blur();
    const often = "placed order at least 3 times in last 90 days";
    await expect.poll(text, SOON).toBe(before.replace(often, `(${often} AND spend >= 50)`));
  });

  test("has no faults of access, and fits a narrow page", async () => {
    expect(await faultsInBothThemes(page)).toEqual([]);
    await page.setViewportSize({ width: 420, height: 900 });
    const box = await builder().boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(420);
    const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWider).toBe(false);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("what is typed in the text is drawn, and what can't be read is said while the last view stays", async () => {
    await builder().getByRole("button", { name: "Close" }).click();
    await list().locator("li", { hasText: "Others" }).getByRole("button", { name: "Edit rule: Others" }).click();
    const line = cellOf(page, "audiences").locator(".cm-line", { hasText: "spend <= 20" });
    await line.click();
    await press("End");
    await page.keyboard.type(" OR country = 'DE'");
    await expect.poll(() => builder().locator(".condition").count(), SOON).toBe(2);
    await page.keyboard.type(" AND");
    await builder().getByText("Mend the text to go on here").waitFor();
    expect(await builder().locator(".condition").count()).toBe(2);
    expect(await builder().locator("[inert]").count()).toBe(1);
    await press("Backspace", "Backspace", "Backspace", "Backspace");
    await expect.poll(() => builder().locator("[inert]").count(), SOON).toBe(0);
    // Values are offered from the data.
    const value = builder().locator("seg-operand input").last();
    await value.click();
    await builder().getByRole("option", { name: /UK/ }).click();
    await expect.poll(text, SOON).toContain("spend <= 20 OR country = 'UK'");
  });

  test("segments are renamed with the rules that name them, moved and deleted", async () => {
    const more = (segment: string) =>
      list().locator(`li[data-segment="${segment}"]`).getByRole("button", { name: /^More/ });
    await builder().getByRole("button", { name: "Close" }).click();
    await more("Others").click();
    await list().getByRole("menuitem", { name: "Rename" }).click();
    await press("Control+A");
    await page.keyboard.type("British");
    await list().getByText("British is there already").waitFor();
    await press("Control+A");
    await page.keyboard.type("Small spenders");
    await press("Enter");
    await expect.poll(text, SOON).toContain("  Small spenders: |-\n    spend <= 20");
    await more("Engaged").click();
    await list().getByRole("menuitem", { name: "Move up" }).click();
    await expect
      .poll(async () => [...(await text()).matchAll(/^ {2}([A-Z].*): \|-/gm)].map((found) => found[1]), SOON)
      .toEqual(["British", "Engaged", "Small spenders"]);
    const atHand = () => list().locator("li:focus-within").getAttribute("data-segment");
    await expect.poll(atHand, SOON).toBe("Engaged");
    await more("Engaged").click();
    await list().getByRole("menuitem", { name: "Delete" }).click();
    await expect.poll(text, SOON).not.toContain("Engaged");
    await expect.poll(atHand, SOON).toBe("Small spenders");
  });

  test("the browser had nothing to complain of", () => {
    // That something has to run first is an answer.
    expect(served.complaints.filter((line) => !line.includes("not-computed")).concat(served.said())).toEqual([]);
  });
});
