import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { faultsInBothThemes } from "./page.ts";
import { openShopPage, type ShopPage } from "./shop-page.ts";

const chromium = findChromium();
const LONG = 30_000;

describe.skipIf(chromium === null)("writing in a notebook", { timeout: 60_000 }, () => {
  let shop: ShopPage;
  let page: Page;

  beforeAll(async () => {
    shop = await openShopPage(chromium ?? "", { reducedMotion: "reduce" });
    page = shop.page;
    await page
      .locator("#groups")
      .getByText(/computed/)
      .first()
      .waitFor({ timeout: LONG });
  }, 60_000);

  afterAll(() => shop?.close());

  const offered = () => page.locator(".cm-tooltip-autocomplete li .cm-completionLabel").allTextContents();
  const chosen = (label: string) =>
    page.locator(".cm-tooltip-autocomplete [aria-selected]", { hasText: label }).waitFor();
  const lines = (cell: string) => page.locator(`#${cell} .cm-line`).allTextContents();

  /** Takes what is chosen in the list; it waits a moment after it opened, lest a key that was meant for the text takes it. */
  async function take(): Promise<void> {
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
  }

  async function write(cell: string): Promise<void> {
    const section = page.locator(`section#${cell}`);
    await section.focus();
    await page.keyboard.press("Enter");
    await section.locator(".cm-content").waitFor();
    await page.keyboard.press("Control+End");
  }

  test("a command gets other keys by the keyboard alone; conflicts are said, and a reload keeps them", async () => {
    await page.locator("#groups").focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.getByRole("button", { name: /^Change the keys of: Add a cell above/ }).press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.press("x");
    await page.getByText("“Cut the cell at hand” has these keys now and would lose them.").waitFor();
    // Colours that are on their way to the other theme are no faults.
    await expect.poll(() => faultsInBothThemes(page), { timeout: LONG }).toEqual([]);
    await page.keyboard.press("Backspace");
    await page.keyboard.press("g");
    await page.keyboard.press("u");
    await page.keyboard.press("Enter");
    await page.locator("#add-above").getByText("G U").waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.locator("#groups").focus();
    await page.keyboard.press("a");
    await page.keyboard.press("g");
    await page.keyboard.press("u");
    await page.getByRole("combobox", { name: /of which kind/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#groups").focus();
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "All keys as they were at first" }).click();
    await page.locator("#add-above").getByText("A", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
  });

  test("a rule is completed word by word: events, their columns, operators, values", async () => {
    await write("groups");
    await page.keyboard.type("\nBig: pla", { delay: 20 });
    await chosen("placed order");
    await take();
    await chosen("where");
    await take();
    await page.keyboard.type("cou", { delay: 20 });
    await chosen("country");
    await take();
    await page.keyboard.type("= 'U", { delay: 20 });
    await chosen("'UK'");
    await take();
    expect((await lines("groups")).at(-1)).toBe("  Big: placed order where country = 'UK'");
    await page.locator("#groups").getByRole("link", { name: "Big", exact: true }).waitFor({ timeout: LONG });
  });

  test("in YAML the keys of this kind are offered that are not there yet, and their values", async () => {
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Control+Space");
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    expect(await offered()).toEqual(["exclusive", "otherwise", "control", "accept"]);
    await take();
    await chosen("true");
    await page.waitForTimeout(150);
    await page.keyboard.press("ArrowDown");
    await chosen("false");
    await take();
    expect((await lines("groups"))[0]).toBe("exclusive: false");
  });

  test("in SQL columns behind an alias, and words of the engine, are offered", async () => {
    await page.keyboard.press("Escape");
    await write("spend");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("SELECT o. FROM orders o", { delay: 5 });
    for (let back = 0; back < " FROM orders o".length; back += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("cust", { delay: 20 });
    await chosen("customer_id");
    await take();
    await page.keyboard.press("End");
    await page.keyboard.type(" wher", { delay: 20 });
    await chosen("WHERE");
    await take();
    await page.keyboard.type(" o.amount > 5 and date_tr", { delay: 5 });
    await chosen("date_trunc");
    await page.keyboard.press("Escape");
  });

  test("what is wrong is underlined at its words, also after the text moved, and F8 goes there", async () => {
    await write("spend");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("SELECT customer_id, amoont AS total_spend, country FROM orders");
    const underlined = () => page.locator("#spend .cm-lintRange-error").allTextContents();
    await expect.poll(underlined, { timeout: LONG }).toEqual(["amoont"]);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("-- one\n-- two\n");
    expect(await underlined()).toEqual(["amoont"]);
    await page.keyboard.press("Escape");
    await page.locator("#orders").focus();
    await page.keyboard.press("F8");
    await page.locator("#spend .cm-content").waitFor();
    await expect.poll(() => focusedClass(page)).toContain("cm-content");
    await page.keyboard.press("Shift+End");
    await page.keyboard.type("amount AS total_spend, country FROM orders");
    await expect.poll(underlined, { timeout: LONG }).toEqual([]);
    expect((await lines("spend")).at(-1)).toBe("SELECT customer_id, amount AS total_spend, country FROM orders");
  });

  test("what check finds stands in the cell and under its words while one types, and goes when it is mended", async () => {
    await write("spend");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("SELECT customer_id, 1 AS total_spend, country, now() AS at FROM orders");
    const warned = () => page.locator("#spend .cm-lintRange-warning").allTextContents();
    await expect.poll(warned, { timeout: LONG }).toContain("now");
    const told = page
      .locator("seg-cell")
      .filter({ has: page.locator("section#spend") })
      .locator("seg-problem");
    await told.filter({ hasText: "clock" }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type(
      "SELECT customer_id, sum(amount) AS total_spend, any_value(country) AS country FROM orders GROUP BY 1",
    );
    await expect.poll(warned, { timeout: LONG }).not.toContain("now");
    await told.filter({ hasText: "clock" }).waitFor({ state: "detached" });
  });
});

/** Class of the element that has the focus, inside however many shadow roots. */
function focusedClass(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.className ?? "";
  });
}
