import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { focused } from "./page.ts";
import { openShopPage, type ShopPage } from "./shop-page.ts";

const chromium = findChromium();
const LONG = 30_000;

describe.skipIf(chromium === null)("inputs as controls", { timeout: 60_000 }, () => {
  let shop: ShopPage;
  let page: Page;

  beforeAll(async () => {
    shop = await openShopPage(chromium ?? "");
    page = shop.page;
    await spenders("3").waitFor({ timeout: LONG });
  }, 60_000);

  afterAll(() => shop?.close());

  /** The bar of the segment with that many people. */
  const sizeIn = (of: Page, size: string) =>
    of.locator("#groups").getByRole("button", { name: `${size} people in Spenders`, exact: true });
  const spenders = (size: string) => sizeIn(page, size);
  const query = () => new URL(page.url()).search;

  test("a slider is moved by keys; what depends on it runs again, and the address says it", async () => {
    const slider = page.getByLabel("Spent at least, slider");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(query).toBe("?least=110");
    // 120 + 80 = 200, 400 and 230 are spenders; from 210 on two are, from 240 on one.
    for (let presses = 0; presses < 13; presses += 1) await page.keyboard.press("ArrowRight");
    await expect.poll(query).toBe("?least=240");
    await spenders("1").waitFor({ timeout: LONG });
  });

  test("of many quick changes only the last one is shown", async () => {
    const slider = page.getByLabel("Spent at least, slider");
    await slider.focus();
    for (const key of ["Home", "End", "Home", "End", "Home"]) await page.keyboard.press(key);
    await expect.poll(query).toBe("?least=0");
    await spenders("6").waitFor({ timeout: LONG });
    await page.getByText("Saved", { exact: true }).waitFor();
    await page
      .locator("#groups")
      .getByText(/computed|found/)
      .first()
      .waitFor();
    expect(await spenders("6").count()).toBe(1);
  });

  test("a date and a choice run what depends on them, and reset goes back to the notebook's values", async () => {
    await page.getByLabel("Bought since").fill("2026-10-01");
    await page.keyboard.press("Enter");
    await expect.poll(query).toBe("?least=0&since=2026-10-01");
    await spenders("4").waitFor({ timeout: LONG });
    await page.getByLabel("Country", { exact: true }).selectOption("FR");
    await spenders("2").waitFor({ timeout: LONG });
    expect(query()).toBe("?least=0&place=FR&since=2026-10-01");
    await page.getByRole("button", { name: "Back to the notebook's values" }).press("Enter");
    await spenders("3").waitFor({ timeout: LONG });
    expect(await focused(page)).toMatch(/^(input|select)/);
    expect(query()).toBe("");
  });

  test("a value out of range or between steps is refused in words, and changes nothing", async () => {
    const field = page.getByLabel("Spent at least", { exact: true });
    for (const [value, words] of [
      ["501", "At most 500."],
      ["-1", "At least 0."],
      ["15", "In steps of 10."],
    ] as const) {
      await field.fill(value);
      await field.press("Tab");
      await page.getByText(words).waitFor();
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      expect(query()).toBe("");
    }
    await field.fill("100");
    await field.press("Tab");
    const date = page.getByLabel("Bought since");
    await date.fill("2027-01-01");
    await date.press("Enter");
    await page.getByText(/Not after/).waitFor();
    expect(query()).toBe("");
  });

  test("an address can be sent: whoever opens it sees its values and their results", async () => {
    const other = await shop.browser.newPage();
    await other.goto(
      `${new URL(shop.url).origin}/notebooks/shop.md?least=240&token=${new URL(shop.url).searchParams.get("token")}`,
    );
    await expect.poll(() => other.getByLabel("Spent at least", { exact: true }).inputValue()).toBe("240");
    await sizeIn(other, "1").waitFor({ timeout: LONG });
    expect(new URL(other.url()).search).toBe("?least=240");
    await other.close();
  });

  test("an address with what does not hold says so, and the notebook's own value stands", async () => {
    const origin = new URL(shop.url).origin;
    await page.goto(`${origin}/notebooks/shop.md?least=many&place=ES&sinse=2026-10-01&since=2026-10-01`);
    const alert = page.getByRole("alert").filter({ hasText: "The address says" });
    await alert.getByText("least=many").waitFor();
    await alert.getByText("It is one of anywhere, UK, FR, DE.").waitFor();
    await alert.getByText("This notebook has no input of that name.").waitFor();
    expect(await page.getByLabel("Spent at least", { exact: true }).inputValue()).toBe("100");
    expect(await page.getByLabel("Bought since").inputValue()).toBe("2026-10-01");
    await alert.getByRole("button", { name: "Dismiss" }).click();
    await alert.waitFor({ state: "detached" });
  });
});
