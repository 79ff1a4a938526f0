import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { cellOf, faults, faultsInBothThemes, finished, focused, runButton } from "./page.ts";
import { serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";

const chromium = findChromium();
const SOON = { timeout: 45_000 };

/** Three kinds of people, far apart: 100 frequent, 60 lapsed, 60 new. */
const SHOP = `---
segbook: 1
as_of: 2026-09-30
---

\`\`\`sql people
SELECT i AS customer_id,
  CASE WHEN i < 100 THEN 30 WHEN i < 160 THEN 5 ELSE 8 END + hash(i) % 100 / 20 AS orders,
  CASE WHEN i < 100 THEN 10 WHEN i < 160 THEN 200 ELSE 20 END + hash(i + 1000) % 100 / 4 AS recency_days,
  CASE WHEN i < 160 THEN 900 ELSE 20 END + hash(i + 2000) % 100 AS days_known
FROM range(220) AS t(i)
ORDER BY i
\`\`\`

\`\`\`cluster kinds
of: people
columns: [orders, recency_days, days_known]
scale: zscore
k: 4
\`\`\`
`;

// Each test goes on where the one before ended.
describe.skipIf(chromium === null)(
  "clusters are chosen, seen, named and made segments in the page",
  { timeout: 120_000 },
  () => {
    let served: ServedPage;
    let page: Page;
    const text = () => readFile(join(served.root, "notebooks", "shop.md"), "utf8");
    const kinds = () => cellOf(page, "kinds").locator("seg-cluster-output");
    const button = (name: string) => kinds().getByRole("button", { name, exact: true });
    /** The clusters are those of the text, computed, with one of this name and none of that. */
    const computed = async ({ has, not }: { has: string; not?: string }) => {
      const now = cellOf(page, "kinds").locator(".output:not(.old)");
      await now.getByRole("button", { name: `Rename ${has}`, exact: true }).waitFor();
      if (not !== undefined) await button(`Rename ${not}`).waitFor({ state: "detached" });
      await finished(page);
    };

    beforeAll(async () => {
      served = await openServed(chromium ?? "", serveFiles({ "notebooks/shop.md": SHOP, "data/none.csv": "a\n1\n" }));
      page = served.page;
      page.setDefaultTimeout(45_000);
      await runButton(page, /^Run all/).click();
      await finished(page);
      await kinds().getByRole("table", { name: "Profile of kinds" }).waitFor();
    }, 120_000);

    afterAll(() => served?.close());

    test("the measures recommend a number, and a click on it writes it", async () => {
      const seen = await cellOf(page, "kinds").evaluateHandle(classesOfOutput);
      await button("Compare other numbers of clusters").press("Enter");
      const table = kinds().getByRole("table", { name: "Numbers of clusters of kinds" });
      await table.getByRole("row", { name: /^3 clusters\s*recommended/ }).waitFor();
      await kinds().getByText("3 clusters stand out most").waitFor();
      // The button is gone, and what came in its place has the focus.
      await expect.poll(() => focused(page), SOON).toBe("button quiet");
      // The clusters are what they were, and look it.
      expect(await seen.jsonValue()).not.toContain("output old");
      await button("3 clusters").press("Enter");
      await expect.poll(text, SOON).toBe(SHOP.replace("k: 4", "k: 3"));
      await computed({ has: "Cluster 3", not: "Cluster 4" });
      await table.getByRole("row", { name: /^3 clusters\s*recommended, as it is cut/ }).waitFor();
    });

    test("the cut is moved by keys and dragged, and taken back", async () => {
      const cut = kinds().getByRole("slider", { name: "Number of clusters" });
      await cut.focus();
      await page.keyboard.press("ArrowDown");
      await expect.poll(text, SOON).toContain("k: 4");
      await computed({ has: "Cluster 4" });
      expect(await cut.getAttribute("aria-valuenow")).toBe("4");
      await cut.scrollIntoViewIfNeeded();
      const at = await cut.boundingBox();
      if (at === null) throw new Error("there is no cut");
      await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
      await page.mouse.down();
      // Far above everything two are left.
      await page.mouse.move(at.x + at.width / 2, at.y - 200, { steps: 4 });
      await page.mouse.up();
      await expect.poll(text, SOON).toContain("k: 2");
      await page.keyboard.press("Control+z");
      await page.keyboard.press("Control+z");
      await expect.poll(text, SOON).toContain("k: 3");
      await runButton(page).click();
      await computed({ has: "Cluster 3", not: "Cluster 4" });
      await kinds().getByText("27.3 %", { exact: true }).first().waitFor();
    });

    test("a box on the map picks people, by keys and by hand, each a link to the person", async () => {
      await button("Map").press("Enter");
      const map = kinds().getByRole("application");
      // One picture, however many people there are.
      expect(await map.locator("path").count()).toBeLessThan(10);
      await expect.poll(() => map.locator("canvas").evaluate(paintedPixels), SOON).toBeGreaterThan(220);
      await map.focus();
      await page.keyboard.press("ArrowRight");
      for (let press = 0; press < 8; press += 1) await page.keyboard.press("Shift+ArrowUp");
      await kinds()
        .getByText(/^\d+ of 220 people are in the box\.$/)
        .waitFor();
      await page.keyboard.press("Escape");
      await kinds().getByText("Drag a box over people to see who they are.").waitFor();
      await map.scrollIntoViewIfNeeded();
      const frame = await map.boundingBox();
      if (frame === null) throw new Error("there is no map");
      await page.mouse.move(frame.x + 2, frame.y + 2);
      await page.mouse.down();
      await page.mouse.move(frame.x + frame.width - 2, frame.y + frame.height - 2, { steps: 4 });
      await page.mouse.up();
      await kinds().getByText("220 of 220 people are in the box.").waitFor();
      const people = kinds().getByRole("grid", { name: "People in the box" });
      await people.getByRole("link").first().waitFor();
      expect(await people.getByRole("link").first().getAttribute("href")).toBe("/people/notebooks/shop.md#0");
    });

    test("a suggested name is one click, and another can be typed", async () => {
      const names = kinds().getByRole("group", { name: "Names for cluster 1" });
      const suggested = ((await names.getByRole("button").first().textContent()) ?? "").trim();
      await names.getByRole("button").first().press("Enter");
      await expect.poll(text, SOON).toContain(`names:\n  1: ${suggested}\n`);
      await button(`Rename ${suggested}`).press("Enter");
      const field = kinds().getByRole("textbox", { name: "Name of cluster 1" });
      await field.fill("Cluster 2");
      await page.keyboard.press("Enter");
      await kinds().getByText("Another cluster is called Cluster 2 already").waitFor();
      await field.fill("Regulars");
      await page.keyboard.press("Enter");
      await expect.poll(text, SOON).toContain("names:\n  1: Regulars\n");
      await button("Rename Regulars").waitFor();
      expect(await kinds().getByRole("textbox").count()).toBe(0);
      expect(await focused(page)).toBe("button ask");
      await computed({ has: "Regulars", not: suggested });
    });

    test("a rule becomes a segment in a cell of its own, and that is taken back", async () => {
      // A name that is left closes, and what stands below it moves: not before the click has been heard.
      await button("Rename Regulars").press("Enter");
      await kinds().getByRole("textbox", { name: "Name of cluster 1" }).waitFor();
      await button("Describe each by a rule").click();
      await expect.poll(() => focused(page), SOON).toBe("button ask segment");
      await kinds().getByRole("button", { name: "Make it a segment" }).first().press("Enter");
      await expect
        .poll(text, SOON)
        .toMatch(/```segments audiences\nof: people\nsegments:\n {2}"?Regulars"?: \|-\n {4}\S/);
      await page.keyboard.press("Control+z");
      await expect.poll(text, SOON).not.toContain("segments audiences");
    });

    test("what becomes of clusters is told after a refresh, and the monitor of it is shown where it is written", async () => {
      await page.getByRole("button", { name: "Refresh", exact: true }).first().click();
      await page.locator("seg-refresh [slot=action]").click();
      await page.locator("seg-refresh table").waitFor();
      await page.keyboard.press("Escape");
      await button("Over time").press("Enter");
      await button("Tell what became of each").press("Enter");
      await kinds().getByRole("rowheader", { name: "Regulars" }).waitFor();
      await button("Watch this by a monitor").press("Enter");
      await expect.poll(text, SOON).toContain("```monitor kinds_watch\ncounts: kinds_drift\n");
      await expect.poll(() => focused(page), SOON).toBe("section#kinds_watch");
      await page.keyboard.press("Control+z");
      await expect.poll(text, SOON).not.toContain("kinds_watch");
    });

    test("a column is compared by its rank, and the page is at fault in neither theme", async () => {
      await button("Before and after scaling").press("Enter");
      await kinds().getByRole("combobox", { name: "How orders is compared" }).selectOption("rank");
      await expect.poll(text, SOON).toContain("transform:\n  orders: rank\n");
      await computed({ has: "Regulars" });
      expect(await faultsInBothThemes(page)).toEqual([]);
      for (const tab of ["How many", "Map", "Profiles side by side"]) {
        await button(tab).press("Enter");
        expect(await faults(page)).toEqual([]);
      }
      expect(served.complaints).toEqual([]);
    });
  },
);

/** Every class that a cell's output has from now on. */
function classesOfOutput(cell: Element): string[] {
  const seen: string[] = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target instanceof HTMLElement) seen.push(target.className);
  }).observe(cell.shadowRoot ?? cell, { subtree: true, attributeFilter: ["class"] });
  return seen;
}

function paintedPixels(canvas: Element): number {
  if (!(canvas instanceof HTMLCanvasElement)) return 0;
  const picture = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return picture.filter((value, at) => at % 4 === 3 && value > 0).length;
}
