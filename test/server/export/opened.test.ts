import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exported } from "../../../server/export/export.ts";
import { findChromium, launchChromium } from "../../chromium.ts";
import { cell, ORDERS, openRuns, orders, PATH, withHead } from "../run/notebook-runs.ts";
import { HOSTILE, hostileNotebook, hostilePeople } from "./hostile.ts";

const never = new AbortController().signal;
const chromium = findChromium();

const WELL = `# Shop

Some prose with a [link](https://example.com/).

${orders()}${cell("features", "behaviour", "columns:\n  spend: sum of amount of placed order\n  orders_90d: count of placed order in last 90 days")}${cell(
  "cluster",
  "groups",
  "of: behaviour\ncolumns: [spend]\nk: 2",
)}${cell("segments", "audiences", "of: behaviour\nsegments:\n  Big: spend > 8\notherwise: Rest")}${cell("score", "warmth", 'of: behaviour\npoints:\n  - {when: "spend > 8", add: 5}\nbands:\n  Hot: ">= 5"\n  Cold: ">= 0"')}${cell(
  "chart",
  "spends",
  "of: behaviour\nmark: bar\nx: customer_id\ny: spend\ncolor: spend",
)}${cell("monitor", "watch", "counts: counted\nperiod: day\nmetrics: [click_rate]\nbaseline: 10\nmature_after: 0 hours")}${cell(
  "sql",
  "counted",
  "SELECT 'All' AS segment, DATE '2026-08-01' + n::INTEGER AS period, 1000 AS delivered, CASE WHEN n < 60 THEN 100 ELSE 40 END AS clicked FROM range(80) AS t(n) ORDER BY ALL",
)}${cell("sql", "numbers", "SELECT range AS n, 'a' AS text FROM range(1200) ORDER BY n")}`;

describe.skipIf(chromium === null)("a page that is opened from disk", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? "");
  });
  afterAll(() => browser?.close());

  /** The notebook's page as a file, once its cells have run. */
  async function pageOf(text: string, data: Record<string, string>): Promise<string> {
    const runs = await openRuns(data);
    await runs.run(text);
    const ask = { path: PATH, text: withHead(text), set: {}, asOf: null };
    const page = await exported(await runs.session.snapshot(ask, never), never);
    const file = join(runs.workspace.root, "page.html");
    await writeFile(file, String(page));
    return pathToFileURL(file).href;
  }

  /** Opens it without a network; whatever it asks for, says or does wrong is heard. */
  async function open(address: string, scheme: "light" | "dark"): Promise<{ page: Page; heard: string[] }> {
    const heard: string[] = [];
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1200, height: 900 }, offline: true });
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:font/")) heard.push(`asks for ${request.url()}`);
    });
    page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`throws ${error.message}`));
    page.on("dialog", (dialog) => void dialog.dismiss().then(() => heard.push(`dialog: ${dialog.message()}`)));
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready);
    return { page, heard };
  }

  test("shows every kind of cell, without network, warnings or script, and is for everybody in both themes", async () => {
    const address = await pageOf(WELL, { "orders.csv": ORDERS });
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const scheme of ["light", "dark"] as const) {
      const { page, heard } = await open(address, scheme);
      for (const id of ["behaviour", "groups", "audiences", "warmth", "spends", "watch", "numbers"])
        expect(await page.locator(`#${id}.fresh`).count(), id).toBe(1);
      expect(await page.locator("#groups svg.tree path").count()).toBeGreaterThan(2);
      expect(await page.locator("#groups svg.map path").count()).toBe(2);
      expect(await page.locator("#groups").textContent()).toMatch(
        /Before and after scaling[\s\S]*spend[\s\S]*skewness/,
      );
      expect(await page.locator("#spends svg:visible").count()).toBe(1);
      expect(await page.locator("#watch svg.series").count()).toBe(1);
      expect(await page.locator("#watch").textContent()).toContain("click rate fell");
      expect(await page.locator("#audiences").textContent()).toMatch(
        /Big\s+2 66\.7\u00a0%[\s\S]*Rest\s+1 33\.3\u00a0%/,
      );
      expect(await page.evaluate(() => document.fonts.check('14px "Inter Variable"'))).toBe(true);
      for (const fold of await page.locator("details").all())
        await fold.evaluate((one) => one.setAttribute("open", ""));
      expect(heard).toEqual([]);
      // The page's own policy lets no script in, the checker's included.
      const checked = await browser.newPage({ colorScheme: scheme, bypassCSP: true });
      await checked.goto(address);
      await checked.evaluate(axe);
      const { violations } = (await checked.evaluate(
        "axe.run(document, { resultTypes: ['violations'] })",
      )) as AxeResults;
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await checked.setViewportSize({ width: 420, height: 900 });
      expect(await checked.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
      await checked.close();
      await page.close();
    }
  });

  test("nothing of a stranger's notebook or data becomes script, style, link or request", async () => {
    const address = await pageOf(hostileNotebook, { "people.csv": hostilePeople });
    const { page, heard } = await open(address, "light");
    for (const id of ["named", "audiences", "points_of", "titled"])
      expect(await page.locator(`#${id}.fresh`).count(), id).toBe(1);
    expect(await page.locator("#named td").allInnerTexts()).toContain(HOSTILE);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    const found = await page.evaluate(() => ({
      scripts: document.querySelectorAll("script, iframe, object, embed, link, base, form, foreignObject, use, image")
        .length,
      images: document.images.length,
      handlers: [...document.querySelectorAll("*")].filter((one) =>
        one.getAttributeNames().some((name) => name.startsWith("on")),
      ).length,
      links: [...document.querySelectorAll("[href], [*|href]")].map((one) => one.outerHTML),
      styles: document.querySelectorAll("style").length,
      elsewhere: [...document.querySelectorAll("*")].filter((one) =>
        one
          .getAttributeNames()
          .some((name) => /example\.com/.test(one.getAttribute(name) ?? "") && name !== "aria-label"),
      ).length,
    }));
    expect(found).toEqual({ scripts: 0, images: 0, handlers: 0, links: [], styles: 1, elsewhere: 0 });
    expect(await page.locator("#loading").textContent()).toContain("loads nothing itself");
    expect(heard).toEqual([]);
    await page.close();
  });

  test("is printed on pages of paper: the first rows of a table, its head on each page, what is folded left out", async () => {
    const { page } = await open(await pageOf(WELL, { "orders.csv": ORDERS }), "dark");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--paper").trim())).toBe(
      "#fbfbf9",
    );
    expect(await page.locator("#numbers tbody tr:visible").count()).toBe(25);
    expect(await page.locator("#numbers .more:visible").textContent()).toBe("and 1,175 more rows");
    expect(await page.locator("#numbers thead").evaluate((head) => getComputedStyle(head).display)).toBe(
      "table-header-group",
    );
    expect(await page.locator("details:visible").count()).toBe(0);
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
    await page.close();
  });
});
