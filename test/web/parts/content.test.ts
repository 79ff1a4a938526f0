import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../chromium.ts";
import { type Gallery, openGallery } from "./gallery.ts";

const chromium = findChromium();

describe.skipIf(chromium === null)("what parts show", () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery(chromium ?? "");
  });
  afterAll(async () => {
    await gallery.close();
    expect(gallery.errors).toEqual([]);
  });

  test("an editor sends what is typed, leaves by Escape, and undoes", async () => {
    const page = await gallery.open("editor");
    const said = page.locator("output");
    await page.locator("#prose .cm-content").click();
    await page.keyboard.press("End");
    await page.keyboard.type(" Yes");
    await said
      .filter({ hasText: 'edit {"value":"Which lapsed buyers are worth a letter? Yes","how":"typed"}' })
      .waitFor();
    await page.keyboard.press("Escape");
    await said.filter({ hasText: "escape null" }).waitFor();
    await page.keyboard.press("Control+z");
    await said.filter({ hasText: 'edit {"value":"Which lapsed buyers are worth a letter?","how":"undo"}' }).waitFor();
    await page.close();
  });

  test("a text from outside is taken in without being sent back, and can be undone past", async () => {
    const page = await gallery.open("editor");
    await page.locator("#prose .cm-content").click();
    await page.keyboard.press("End");
    await page.keyboard.type("!");
    const editor = page.locator("#prose");
    await page.locator("output").filter({ hasText: "letter?!" }).waitFor();
    await editor.evaluate((element) => Object.assign(element, { value: "Which LAPSED buyers are worth a letter?!" }));
    await page.locator("#prose .cm-content", { hasText: "LAPSED" }).waitFor();
    expect(await page.locator("output").textContent()).not.toContain("LAPSED");
    await page.keyboard.type("?");
    await page.locator("output").filter({ hasText: "LAPSED buyers are worth a letter?!?" }).waitFor();
    await page.close();
  });

  test("line ends stay what they were, the last one too", async () => {
    const page = await gallery.open("editor");
    await page.locator("#prose").evaluate((element) => Object.assign(element, { value: "one\r\ntwo\r\n" }));
    await page.locator("#prose .cm-line", { hasText: "two" }).click();
    expect(await page.locator("#prose .cm-line").count()).toBe(2);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("three");
    await page
      .locator("output")
      .filter({ hasText: String.raw`edit {"value":"one\r\ntwo\r\nthree\r\n","how":"typed"}` })
      .waitFor();
    await page.close();
  });

  test("an editor that is moved in the page keeps its text and its history", async () => {
    const page = await gallery.open("editor");
    await page.locator("#prose .cm-content").click();
    await page.keyboard.press("End");
    await page.keyboard.type("!");
    await page.locator("#prose").evaluate((element) => element.parentElement?.parentElement?.prepend(element));
    await page.locator("#prose .cm-content", { hasText: "letter?!" }).click();
    await page.keyboard.press("Control+z");
    await page.locator("output").filter({ hasText: 'letter?","how":"undo"}' }).waitFor();
    await page.close();
  });

  test("problems stand under the text and lead to their place", async () => {
    const page = await gallery.open("editor");
    await page.locator("#rules .cm-lintRange-error", { hasText: "placed" }).waitFor();
    await page.locator("#rules").getByRole("button", { name: "line 7, column 13" }).click();
    await page.keyboard.type("X");
    await page.locator("output").filter({ hasText: "AND NOT Xplaced oder" }).waitFor();
    await page.close();
  });

  test("completions come from outside, go on as one types, and Enter takes one", async () => {
    const page = await gallery.open("editor");
    await page.locator("#sql .cm-line").last().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("ord");
    const list = page.locator("#sql .cm-tooltip-autocomplete");
    await list.getByRole("option").filter({ hasText: "order_lines" }).waitFor();
    await page.keyboard.type("er_l");
    await list.locator("[aria-selected]", { hasText: "order_lines" }).waitFor();
    await page.waitForTimeout(120);
    await page.keyboard.press("Enter");
    await page.locator("output").filter({ hasText: String.raw`\norder_lines\n","how":"typed"}` }).waitFor();
    await page.close();
  });

  test("a chart is drawn under the content policy, in the theme's colours, and drawn again when it turns", async () => {
    const page = await gallery.open("chart");
    const line = page.locator("#lines svg g.mark-line path");
    const colours = () => line.evaluateAll((paths) => paths.map((path) => path.getAttribute("stroke")).sort());
    await line.first().waitFor();
    expect(await colours()).toEqual(["#0072b2", "#009e73", "#cc79a7", "#d55e00"]);
    await page.getByRole("button", { name: "Dark or light" }).click();
    await expect.poll(colours).toEqual(["#2bc598", "#56b4e9", "#e29ac6", "#e69f00"]);
    await page.close();
  });

  test("a chart follows the width of its place", async () => {
    const page = await gallery.open("chart");
    const picture = page.locator("#lines svg").first();
    await picture.waitFor();
    const wide = (await picture.boundingBox())?.width ?? 0;
    await page.setViewportSize({ width: 600, height: 900 });
    await expect.poll(async () => (await picture.boundingBox())?.width ?? 0).toBeLessThan(wide - 300);
    await page.close();
  });

  test("a chart that wants to load says that it may not, and one with a slip says which columns there are", async () => {
    const page = await gallery.open("chart");
    await page.locator("#greedy [role=alert]", { hasText: "loads nothing itself" }).waitFor();
    await page.locator("#wrong", { hasText: "It has month, country, revenue." }).waitFor();
    expect(await page.locator("#greedy svg").count()).toBe(0);
    await page.close();
  });

  test("a day of the data is the same day on the axis west of London", async () => {
    const page = await gallery.open("chart", { zone: "America/Los_Angeles" });
    await page.locator("#lines svg").first().waitFor();
    const first = page.locator("#lines svg .role-axis-label text[transform^='translate(0,']").first();
    expect(await first.textContent()).toBe("October");
    await page.close();
  });

  test("prose runs nothing, fetches nothing, and opens what is elsewhere beside the page", async () => {
    const page = await gallery.open("text");
    const prose = page.locator("seg-markdown");
    await prose.getByRole("heading", { name: "Spring re-engagement" }).waitFor();
    expect(await prose.locator("script, img, iframe").count()).toBe(0);
    expect(await prose.locator("a[href^=javascript]").count()).toBe(0);
    const link = prose.getByRole("link", { name: "mail platform" });
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await link.getAttribute("target")).toBe("_blank");
    await prose.getByRole("link", { name: "First segments" }).click();
    await page.locator("output").filter({ hasText: 'follow {"href":"first-segments.md"}' }).waitFor();
    await page.close();
  });

  test("a heat map writes every value in its column's units and marks what is far off by shape", async () => {
    const page = await gallery.open("cluster");
    const cell = page.getByRole("row", { name: /Frequent Buyers/ }).getByRole("cell");
    expect(await cell.allInnerTexts()).toEqual([
      "3,876",
      "19.4\u00a0%",
      "▼ 8",
      "▲ 6.2",
      "▲ 21.4",
      "71.9",
      "▲ 9.8\u00a0%",
    ]);
    await page.close();
  });

  test("rows that could not be read say why and are asked for again", async () => {
    const page = await gallery.open("table");
    await page.locator("#failing [role=alert]", { hasText: "the kernel was lost" }).waitFor();
    await page.locator("#failing").getByRole("button", { name: "Try again" }).click();
    await page.locator("#failing [role=alert]").waitFor();
    await page.locator("#empty", { hasText: "No row was set aside" }).waitFor();
    await page.close();
  });

  test("a table whose cell has run again stays where it was, in the order that it had", async () => {
    const page = await gallery.open("table");
    const table = page.locator("#short");
    await page.locator("#short #r0c1").click();
    await page.keyboard.press("Control+ArrowDown");
    await page.locator("#short .foot", { hasText: "row 20,000" }).waitFor();
    await table.evaluate((element) => {
      const { columns, load } = element as unknown as { columns: object[]; load: (...all: unknown[]) => unknown };
      Object.assign(element, {
        columns: structuredClone(columns),
        load: (...all: unknown[]) => load(...all),
        total: 20_001,
      });
    });
    await page.locator("#short .foot", { hasText: "20,001 rows" }).waitFor();
    await page.locator("#short #r19999c0", { hasText: "29999" }).waitFor();
    expect(await page.locator("#short [role=grid]").getAttribute("aria-activedescendant")).toBe("r19999c1");
    await page.close();
  });

  test("a note that lists much shows its beginning, and all of it when it is asked", async () => {
    const page = await gallery.open("text");
    const note = page.locator("seg-problem").last();
    await note.getByText("87 % of customers in orders (100 % the other way)").waitFor();
    expect(await note.getByText("reviews").count()).toBe(0);
    await note.getByRole("button", { name: "All of it" }).press("Enter");
    await note.getByText("reviews").waitFor();
    await note.getByRole("button", { name: "Less", expanded: true }).press("Enter");
    await note.getByRole("button", { name: "All of it", expanded: false }).waitFor();
    expect(await note.getByText("reviews").count()).toBe(0);
    await page.close();
  });

  test("motion rests for whoever asks for less of it", async () => {
    const page = await gallery.open("controls", { motion: "reduce" });
    const moving = page.locator("seg-state-bar i.moving").first();
    const seconds = await moving.evaluate((element) => Number.parseFloat(getComputedStyle(element).animationDuration));
    expect(seconds).toBeLessThan(0.001);
    await page.close();
  });
});
