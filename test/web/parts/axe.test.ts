import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../chromium.ts";
import { type Gallery, openGallery } from "./gallery.ts";

const chromium = findChromium();

describe.skipIf(chromium === null)("for everybody", () => {
  let gallery: Gallery;
  let axe: string;
  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    gallery = await openGallery(chromium ?? "");
  });
  afterAll(async () => {
    await gallery.close();
    expect(gallery.errors).toEqual([]);
  });

  /** What axe finds, a line each, with the elements that it is about. */
  async function faults(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const results = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
    return results.violations.map(
      (fault) =>
        `${fault.impact} ${fault.id}: ${fault.nodes.map((node) => `${node.target.flat().join(" ")} ${node.any.map((check) => check.message).join(" ")}`).join("; ")}`,
    );
  }

  const SECTIONS = "controls,table,cluster,sizes,series,chart,editor,text";

  test.each(["light", "dark"] as const)("axe finds no fault in any part in the %s theme", async (theme) => {
    const page = await gallery.open(SECTIONS, { theme, motion: "reduce" });
    await page.locator("#lines svg").first().waitFor();
    await page.locator("#short [role=gridcell]").first().waitFor();
    expect(await faults(page)).toEqual([]);
    await page.close();
  });

  test("axe finds no fault on a narrow screen", async () => {
    const page = await gallery.open(SECTIONS, { width: 420, motion: "reduce" });
    await page.locator("#lines svg").first().waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
    await page.close();
  });

  test.each(["dialog", "drawer", "palette"])("axe finds no fault in an open %s", async (kind) => {
    for (const theme of ["light", "dark"] as const) {
      const page = await gallery.open("controls", { theme, motion: "reduce" });
      await page.locator("#toast").click();
      await page.locator(`#open-${kind}`).click();
      await page.locator(`seg-${kind} dialog[open]`).waitFor();
      expect(await faults(page)).toEqual([]);
      await page.close();
    }
  });
});
