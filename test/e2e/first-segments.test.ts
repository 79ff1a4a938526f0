import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PLANTED_FALL } from "../../data/planted-fall.ts";
import { findChromium } from "../chromium.ts";
import { cellOf as cell, faults, finished, focused, runButton } from "./page.ts";
import { type Served, serveDemo } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();
const RUN = 180_000;
const DAY = 86_400_000;

// One stranger's first five minutes; each test goes on where the one before ended.
describe.skipIf(chromium === null)("a first visit to the workbench", { timeout: RUN + 60_000 }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    served = await openServed(chromium ?? "", serveDemo());
    page = served.page;
  }, 240_000);

  afterAll(() => served?.close());

  test("opens the demo's notebook and runs nothing by itself", async () => {
    await page.getByRole("heading", { level: 1, name: "First segments" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/notebooks/first-segments.md");
    expect(new URL(page.url()).search).toBe("");
    await runButton(page, "Run all").waitFor();
    await cell(page, "audiences").getByText("it has not been run yet").waitFor();
  });

  test("runs everything, says how far it is, and finishes", async () => {
    await runButton(page, "Run all").click();
    await page.getByText(/\d+ of \d+ cells/).waitFor({ timeout: RUN });
    await finished(page);
    for (const id of ["customers", "orders", "behaviour", "personas", "warmth", "audiences", "watch"]) {
      await cell(page, id)
        .getByText(/computed/)
        .first()
        .waitFor();
    }
  });

  test("the graph shows who reads whom and the timeline when each cell was at work, by keys alone", async () => {
    await cell(page, "category").focus();
    await page.keyboard.press("g");
    const panel = page.getByRole("region", { name: "Graph and run" });
    const graph = panel.getByRole("group", { name: "Graph of the notebook's cells" });
    await graph.getByRole("button", { name: "behaviour, features · fresh" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toMatch(/^g#cell-(personas|warmth|audiences)$/);
    await panel
      .getByRole("row", { name: /^behaviour/ })
      .getByText(/^\d.*\sm?s$/)
      .waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.keyboard.press("g");
    await panel.waitFor({ state: "detached" });
  });

  test("a run can be cancelled, and what was found before stays", async () => {
    await cell(page, "behaviour").locator("section").hover();
    await cell(page, "behaviour").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: /Compute anew/ }).click();
    await page.getByRole("button", { name: "Cancel", exact: true }).press("Enter");
    await finished(page);
    expect(await focused(page)).toMatch(/^button/);
    expect(await runState(page)).toBe("cancelled");
    await cell(page, "behaviour").locator("seg-cell-head").getByText(/rows/).waitFor();
    await runButton(page, /Run/).click();
    await finished(page);
  });

  test("a changed rule changes the sizes, and the file", async () => {
    const audiences = cell(page, "audiences");
    const before = await sizeOf(audiences, "Recent Big Spenders");
    expect(before).toBeGreaterThan(0);
    await replaceInEditor(page, audiences, "$200", "$2,000");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => sizeOf(audiences, "Recent Big Spenders"), { timeout: RUN }).toBeLessThan(before);
    const text = await readFile(join(served.root, "notebooks", "first-segments.md"), "utf8");
    expect(text).toContain("Total Spend > $2,000 AND");
    // Only the one line is another.
    const original = await readFile(new URL("../../notebooks/first-segments.md", import.meta.url), "utf8");
    expect(text.replace("$2,000", "$200")).toBe(original);
  });

  test("a slip in a rule is told at its place while it is typed, with what to do", async () => {
    const audiences = cell(page, "audiences");
    await replaceInEditor(page, audiences, "Total Spend >", "Total Spent >");
    await audiences
      .getByText(/total_spend/)
      .first()
      .waitFor({ timeout: 30_000 });
    await replaceInEditor(page, audiences, "Total Spent >", "Total Spend >");
    await audiences.getByRole("alert").first().waitFor({ state: "detached", timeout: 30_000 });
  });

  test("another value of an input runs again what depends on it, and stands in the address", async () => {
    const audiences = cell(page, "audiences");
    const before = await sizeOf(audiences, "Interested in the Category");
    await page.getByLabel("Category to write about").selectOption("Garden");
    await expect.poll(() => sizeOf(audiences, "Interested in the Category"), { timeout: RUN }).not.toBe(before);
    expect(new URL(page.url()).searchParams.get("category")).toBe("Garden");
    await page.getByRole("button", { name: "Back to the notebook's values" }).click();
    await expect.poll(() => sizeOf(audiences, "Interested in the Category"), { timeout: RUN }).toBe(before);
    expect(new URL(page.url()).search).toBe("");
  });

  test("a deleted cell comes back with one click", async () => {
    const chart = cell(page, "sales_by_category");
    await chart.locator("section").hover();
    await chart.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await chart.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await chart.waitFor();
  });

  test("the monitor names the segment that drifts, and since when", async () => {
    await page.getByRole("link", { name: /^Monitor/ }).click();
    await page.getByRole("heading", { level: 1, name: "Two segments drift" }).waitFor({ timeout: 60_000 });
    const drift = page.getByRole("listitem").filter({ hasText: "Bargain Hunters: click rate fell" });
    await drift.waitFor();
    await drift.getByText(/confirmed|alert/).waitFor();
    const since = await changeDay(page, "Bargain Hunters", "click_rate");
    expect(Math.abs(Date.parse(since) - Date.parse(PLANTED_FALL.firstDay))).toBeLessThanOrEqual(7 * DAY);
    // Nothing is recorded yet: the navigation counts what the page does.
    const lead = (await page.locator("seg-monitor-page p.lead").textContent()) ?? "";
    const badge = (await page.locator("seg-navigation seg-pill").textContent()) ?? "";
    expect(lead).toContain(`${Number.parseInt(badge, 10)} alerts wait`);
    // What people do otherwise comes before what is measured otherwise, whose incident says what it holds.
    const told = await page.getByRole("list", { name: "Drifts" }).locator("> li").allTextContents();
    expect(told[0]).toMatch(/Bargain Hunters: click rate fell|Weekly Buyers: open rate fell/);
    expect(told.at(-1)).toContain("Many segments moved together");
    expect(told.at(-1)).toContain("4 alerts in it.");
  });

  test("a period of its series, and a week, open the sends that they are made of, one by one", async () => {
    await page
      .getByRole("listitem")
      .filter({ hasText: "Bargain Hunters: click rate fell" })
      .getByRole("link", { name: /^Look/ })
      .press("Enter");
    const course = page.locator("seg-series-course");
    await course.getByRole("slider").focus({ timeout: 60_000 });
    await page.keyboard.press("End");
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    const sends = course.locator("seg-cohort");
    const status = sends.locator("p[role=status]");
    await expect
      .poll(() => status.textContent(), { timeout: 60_000 })
      .toMatch(/2026: [\d,]+ sends; click rate .*, [\d,]+ of [\d,]+\. Who was in the segment is known/);
    const [, rows, of] = /: ([\d,]+) sends; .* of ([\d,]+)\./.exec((await status.textContent()) ?? "") ?? [];
    expect(await course.getByText(/It was counted from sends/).textContent()).toContain(` of ${of}.`);
    const parts = sends.locator('seg-scroll-frame[label^="By kind"]').locator("tbody tr td:nth-child(2)");
    const numbers = (await parts.allTextContents()).map((words) => Number(words.replaceAll(",", "")));
    expect(numbers.reduce((sum, part) => sum + part, 0)).toBe(Number((rows ?? "").replaceAll(",", "")));
    await sends.getByRole("columnheader", { name: "customer id" }).waitFor();
    expect(await sends.locator('seg-scroll-frame[label^="One by one"] tbody tr').count()).toBe(50);
    await sends.getByText(/The first 50 of/).waitFor();
    await page
      .locator("seg-weeks")
      .getByRole("button", { name: /^Sends of / })
      .nth(1)
      .press("Enter");
    const week = page.locator("seg-weeks seg-cohort");
    await expect.poll(() => week.locator("p[role=status]").textContent(), { timeout: 60_000 }).toMatch(/ sends; click/);
    // On a narrow screen it stays within the frame, though its table is wider.
    await page.setViewportSize({ width: 420, height: 900 });
    await expect.poll(() => week.evaluate((all) => all.getBoundingClientRect().right)).toBeLessThanOrEqual(420);
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("segments and data have pages over all notebooks", async () => {
    await page.getByRole("link", { name: /^Segments/ }).click();
    await page.getByText("Recent Big Spenders", { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole("link", { name: /^Data/ }).click();
    await page.getByRole("rowheader", { name: "demo/orders.csv" }).waitFor();
    await page
      .getByRole("row", { name: /demo\/orders.csv/ })
      .getByRole("link", { name: "orders" })
      .first()
      .waitFor({ timeout: 60_000 });
  });

  test("axe finds nothing on any page in either theme", async () => {
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const path of ["/notebooks/first-segments.md", "/segments", "/monitor", "/data"]) {
        await page.goto(new URL(path, served.url).href);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForLoadState("networkidle").catch(() => undefined);
        if (path.startsWith("/notebooks/")) {
          await page.keyboard.press("g");
          await page.getByRole("group", { name: "Graph of the notebook's cells" }).waitFor();
        }
        expect(await faults(page), `${path} in the ${theme} theme`).toEqual([]);
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("on a narrow screen the side columns are drawers, and nothing is wider than the screen", async () => {
    await page.setViewportSize({ width: 420, height: 900 });
    await page.goto(new URL("/notebooks/first-segments.md", served.url).href);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("navigation").getByRole("link", { name: "personas" }).click();
    await cell(page, "personas")
      .getByText(/people/)
      .first()
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("the keyboard alone finds a cell, changes it, runs it and goes on, and the focus is never lost", async () => {
    await page.goto(new URL("/notebooks/first-segments.md", served.url).href);
    await runButton(page, /Run/).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find anything" }).waitFor();
    await page.keyboard.type("warmth");
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page), { timeout: 15_000 }).toBe("section#warmth");
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page), { timeout: 15_000 }).toMatch(/cm-content/);
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n# typed by hand");
    await page.keyboard.press("Control+Enter");
    await finished(page);
    expect(await focused(page)).toMatch(/cm-content/);
    // The first closes what the editor proposes, where it proposes something.
    await page.keyboard.press("Escape");
    if (/cm-content/.test(await focused(page))) await page.keyboard.press("Escape");
    await expect.poll(() => focused(page), { timeout: 15_000 }).toBe("section#warmth");
    await page.keyboard.press("j");
    await expect.poll(() => focused(page), { timeout: 15_000 }).toBe("section#audiences");
    await page.keyboard.press("k");
    await expect.poll(() => focused(page), { timeout: 15_000 }).toBe("section#warmth");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page), { timeout: 15_000 }).toBe("section#warmth");
    await expect.poll(() => text(served), { timeout: 15_000 }).toContain("# typed by hand");
  });

  test("a cell that somebody else changed while it was edited is not overwritten: both are shown, and one chooses", async () => {
    const file = join(served.root, "notebooks", "first-segments.md");
    await replaceInEditor(page, cell(page, "warmth"), "# typed by hand", "# mine");
    const theirs = (await readFile(file, "utf8"))
      .replace("# typed by hand", "# theirs")
      .replace("A shop for the house", "A fine shop for the house");
    await writeFile(`${file}.new`, theirs);
    await rename(`${file}.new`, file);
    await page.getByRole("button", { name: /Changed by somebody else/ }).click();
    await page.getByRole("dialog", { name: "The file was changed elsewhere" }).waitFor();
    const conflict = page.locator("seg-conflict");
    await conflict.locator("td", { hasText: "# mine" }).waitFor();
    await conflict.locator("td", { hasText: "# theirs" }).waitFor();
    expect(await readFile(file, "utf8")).toBe(theirs);
    await conflict.getByLabel("Theirs", { exact: true }).check();
    await conflict.getByRole("button", { name: "Save what is chosen" }).click();
    await page.locator("seg-prose").getByText("A fine shop for the house").waitFor();
    await cell(page, "warmth").locator(".cm-line", { hasText: "# theirs" }).waitFor();
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(await readFile(file, "utf8")).toBe(theirs);
  });

  test("typing that another visit left in the browser is offered, and put back", async () => {
    const base = await text(served);
    const typed = base.replace("A fine shop", "A finer shop");
    await page.evaluate(
      ([base, typed]) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open("segbook");
          opening.onsuccess = () => {
            const writing = opening.result.transaction("drafts", "readwrite");
            const draft = { text: typed, base, etag: "before", at: Date.now() };
            writing.objectStore("drafts").put(draft, "notebooks/first-segments.md\nanother visit");
            writing.oncomplete = () => resolve();
          };
        }),
      [base, typed] as const,
    );
    await page.reload();
    await page.getByRole("button", { name: "Put it back" }).click();
    await expect.poll(() => text(served), { timeout: 15_000 }).toBe(typed);
  });

  test("the browser had nothing to complain of", () => {
    expect(served.complaints.concat(served.said())).toEqual([]);
  });
});

/** What the page knows of the last run. */
function runState(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.querySelector("seg-workbench")?.bench.session?.runner.progress?.state);
}

/** People in a segment, as its bar says; -1 where there is no bar. */
async function sizeOf(cell: Locator, segment: string): Promise<number> {
  await cell.scrollIntoViewIfNeeded();
  const bar = cell.locator("seg-bars li, seg-segment-list li").filter({ hasText: segment });
  const button = bar.locator("button.ask");
  await button.waitFor({ timeout: RUN });
  return Number((await button.textContent())?.replace(/\D/g, ""));
}

/** Selects a text in the cell's editor and types another in its place. */
async function replaceInEditor(page: Page, cell: Locator, before: string, after: string): Promise<void> {
  await cell.scrollIntoViewIfNeeded();
  const line = cell.locator(".cm-line").filter({ hasText: before }).first();
  if (!(await line.isVisible())) {
    await cell.locator("section").hover();
    await cell.getByRole("button", { name: /^Edit the text/ }).click();
  }
  const content = (await line.textContent()) ?? "";
  const place = content.indexOf(before);
  await line.click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Home");
  for (let column = 0; column < place; column++) await page.keyboard.press("ArrowRight");
  for (let length = 0; length < before.length; length++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.insertText(after);
}

/** The day of the change that the wall marks for a series. */
function changeDay(page: Page, segment: string, metric: string): Promise<string> {
  return page.evaluate(
    ([name, rate]) => {
      const shell = document.querySelector("seg-workbench");
      const monitor = shell?.shadowRoot?.querySelector("seg-monitor-page");
      const wall = monitor?.shadowRoot?.querySelector("seg-monitor-wall");
      return wall?.tiles.find((tile) => tile.segment === name && tile.metric === rate)?.change?.at ?? "";
    },
    [segment, metric],
  );
}

function text(served: Served): Promise<string> {
  return readFile(join(served.root, "notebooks", "first-segments.md"), "utf8");
}
