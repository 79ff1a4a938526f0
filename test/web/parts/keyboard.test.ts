import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../chromium.ts";
import { type Gallery, openGallery } from "./gallery.ts";

const chromium = findChromium();

describe.skipIf(chromium === null)("by keyboard", () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery(chromium ?? "");
  });
  afterAll(async () => {
    await gallery.close();
    expect(gallery.errors).toEqual([]);
  });

  const said = (page: Page) => page.locator("output");

  /** Tags and ids from the page's focused element inwards, through every shadow root. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const path: string[] = [];
      for (let at = document.activeElement; at; at = at.shadowRoot?.activeElement ?? null)
        path.push(`${at.localName}#${at.id}`);
      return path;
    });

  test("a table is walked through by arrows, and its foot says the exact value", async () => {
    const page = await gallery.open("table");
    const grid = page.locator("#short [role=grid]");
    await page.locator("#short [role=gridcell]").first().waitFor();
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await grid.getAttribute("aria-activedescendant")).toBe("r1c1");
    await page.locator("#short .foot", { hasText: "row 2, recency_days: 0" }).waitFor();
    await page.keyboard.press("Control+End");
    await page.locator("#short .foot", { hasText: "row 20,000, consent:" }).waitFor();
    expect(await page.locator("#short #r19999c8").isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    await said(page).filter({ hasText: 'ask {"row":19999,"column":"consent"' }).waitFor();
    await page.close();
  });

  test("Enter on a head sorts up, down and not at all", async () => {
    const page = await gallery.open("table");
    const grid = page.locator("#short [role=grid]");
    await page.locator("#short [role=gridcell]").first().waitFor();
    await grid.focus();
    await page.keyboard.press("ArrowUp");
    const head = page.locator("#short [role=columnheader]").first();
    for (const sorted of ["ascending", "descending", "none"]) {
      await page.keyboard.press("Enter");
      await expect.poll(() => head.getAttribute("aria-sort")).toBe(sorted);
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.locator("#short #r0c0", { hasText: "29999" }).waitFor();
    await said(page).filter({ hasText: 'sort {"column":"customer_id","descending":true}' }).waitFor();
    await page.close();
  });

  test("a histogram is walked through by arrows, past bars without anybody", async () => {
    const page = await gallery.open("sizes");
    await page.locator("#spread [aria-pressed=true]").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await said(page).filter({ hasText: 'ask {"bar":3}' }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await said(page).filter({ hasText: 'ask {"bar":0}' }).waitFor();
    await page.close();
  });

  test("a copy takes the active cell's value digit by digit", async () => {
    const page = await gallery.open("table");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("#short #r0c7").click();
    await page.keyboard.press("Control+c");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00$/);
    await page.close();
  });

  test("the last of five million rows is reached, by key and by wheel, and the rows around it are whole", async () => {
    const page = await gallery.open("table");
    const grid = page.locator("#long [role=grid]");
    await page.locator("#long [role=gridcell]").first().waitFor();
    await grid.focus();
    await page.keyboard.press("Control+ArrowDown");
    await page.locator("#long #r4999999c0", { hasText: "5009999" }).waitFor();
    await page.keyboard.press("PageUp");
    await page.locator("#long .foot", { hasText: /row 4,999,9\d\d,/ }).waitFor();
    const wheel = async (pixels: number) => {
      await grid.hover();
      await page.mouse.wheel(0, pixels);
    };
    await wheel(-600);
    await wheel(5000);
    await page.locator("#long #r4999999c0", { hasText: "5009999" }).waitFor();
    await page.keyboard.press("Control+Home");
    await page.locator("#long #r0c0", { hasText: "10000" }).waitFor();
    const tall = await grid.evaluate((element) => element.scrollHeight);
    expect(tall).toBeLessThan(15_000_000);
    await page.close();
  });

  test("few rows exist, however many there are", async () => {
    const page = await gallery.open("table");
    await page.locator("#long [role=gridcell]").first().waitFor();
    expect(await page.locator("#long .body [role=row]").count()).toBeLessThan(30);
    expect(await page.locator("#long [role=grid]").getAttribute("aria-rowcount")).toBe("5000001");
    await page.close();
  });

  test("the dendrogram's line is moved by arrows, and says where it is", async () => {
    const page = await gallery.open("cluster");
    const line = page.getByRole("slider", { name: "Number of clusters" });
    await line.focus();
    await page.keyboard.press("ArrowDown");
    await said(page).filter({ hasText: 'cut {"k":5}' }).waitFor();
    expect(await line.getAttribute("aria-valuetext")).toBe("5 clusters, stability 0.71");
    await page.keyboard.press("Home");
    await said(page).filter({ hasText: 'cut {"k":2}' }).waitFor();
    await page.keyboard.press("End");
    await said(page).filter({ hasText: 'cut {"k":10}' }).waitFor();
    await page.keyboard.press("End");
    expect(await line.getAttribute("aria-valuenow")).toBe("10");
    await page.close();
  });

  test("the dendrogram's line is dragged, and cuts when it is let go", async () => {
    const page = await gallery.open("cluster");
    const line = page.getByRole("slider", { name: "Number of clusters" });
    const box = await line.boundingBox();
    if (box === null) throw new Error("The line is not there.");
    await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 8, box.y - 70, { steps: 4 });
    await expect.poll(() => line.getAttribute("aria-valuenow")).toBe("2");
    expect(await said(page).textContent()).toBe("");
    await page.mouse.up();
    await said(page).filter({ hasText: 'cut {"k":2}' }).waitFor();
    await page.close();
  });

  test("a series is read period by period", async () => {
    const page = await gallery.open("series");
    const plot = page.getByRole("slider", { name: "Bargain Hunters, click rate" });
    await plot.focus();
    await page.keyboard.press("Home");
    expect(await plot.getAttribute("aria-valuetext")).toMatch(
      /^2 Jul, of \d,\d{3}: 5\.\d\u00a0%, expected 4\.5\u00a0% to 5\.9\u00a0%$/,
    );
    await page.keyboard.press("End");
    expect(await plot.getAttribute("aria-valuetext")).toContain("not mature yet");
    await page.keyboard.press("Enter");
    await said(page)
      .filter({ hasText: '"segment":"Bargain Hunters","metric":"click_rate","period":"2026-09-23"' })
      .waitFor();
    await page.close();
  });

  test("the palette finds by typing, picks by Enter, and gives the focus back", async () => {
    const page = await gallery.open("controls");
    await page.locator("#open-palette").focus();
    await page.keyboard.press("Enter");
    const field = page.getByRole("combobox", { name: "Find anything" });
    await expect.poll(() => field.evaluate((element) => element.matches(":focus"))).toBe(true);
    await page.keyboard.type("avg");
    const chosen = page.locator("seg-palette [aria-selected=true]");
    await chosen.filter({ hasText: "avg_order_value" }).waitFor();
    await page.keyboard.press("Enter");
    await said(page).filter({ hasText: 'pick {"id":"column:behaviour.avg_order_value"}' }).waitFor();
    expect(await focused(page)).toContain("seg-button#open-palette");
    await page.close();
  });

  test("the palette's arrows go round, Escape closes it, and nothing found is said", async () => {
    const page = await gallery.open("controls");
    await page.locator("#open-palette").click();
    await page.keyboard.press("ArrowUp");
    const field = page.getByRole("combobox", { name: "Find anything" });
    expect(await field.getAttribute("aria-activedescendant")).toBe("item-59");
    await page.keyboard.press("ArrowDown");
    expect(await field.getAttribute("aria-activedescendant")).toBe("item-0");
    await page.keyboard.type("zzz");
    await page.locator("seg-palette [role=status]", { hasText: "Nothing is called “zzz”." }).waitFor();
    await page.keyboard.press("Escape");
    await said(page).filter({ hasText: "close null" }).waitFor();
    await page.close();
  });

  test.each(["dialog", "drawer"])("a %s takes the focus, keeps it, and gives it back", async (kind) => {
    const page = await gallery.open("controls");
    await page.locator(`#open-${kind}`).focus();
    await page.keyboard.press("Enter");
    await page.locator(`seg-${kind} dialog[open]`).waitFor();
    expect(await focused(page)).toContain(`seg-${kind}#`);
    await page.keyboard.press("Escape");
    await said(page).filter({ hasText: "close null" }).waitFor();
    expect(await focused(page)).toContain(`seg-button#open-${kind}`);
    await page.close();
  });

  test("a menu opens by arrow, skips to a letter, and picks", async () => {
    const page = await gallery.open("controls");
    await page.getByRole("button", { name: "More" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("d");
    await page.keyboard.press("Enter");
    await said(page).filter({ hasText: 'pick {"id":"delete"}' }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "hidden" });
    expect(await page.getByRole("button", { name: "More" }).evaluate((element) => element.matches(":focus"))).toBe(
      true,
    );
    await page.close();
  });

  test("an input sends what holds and says why the rest does not", async () => {
    const page = await gallery.open("controls");
    const field = page.locator("#slider input[type=number]");
    await field.fill("13");
    await page.keyboard.press("Tab");
    await page.locator("#slider [role=alert]", { hasText: "At most 12." }).waitFor();
    expect(await said(page).textContent()).toBe("");
    await field.fill("7");
    await page.keyboard.press("Enter");
    await said(page).filter({ hasText: 'change {"value":7}' }).waitFor();
    await page.locator("#slider input[type=range]").focus();
    await page.keyboard.press("ArrowRight");
    await said(page).filter({ hasText: 'change {"value":8}' }).waitFor();
    await page.close();
  });

  test("what is said can be undone", async () => {
    const page = await gallery.open("controls");
    await page.locator("#toast").click();
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await said(page).filter({ hasText: 'act {"id":"deleted"}' }).waitFor();
    await page.close();
  });
});
