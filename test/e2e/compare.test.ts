import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { gitCommit, gitInit, hasGit } from "../git-repository.ts";
import { faults, focused } from "./page.ts";
import { type Served, serveFiles } from "./served.ts";
import { openServed, type ServedPage } from "./served-page.ts";
import { smallShop } from "./small-shop.ts";

const chromium = findChromium();
const SHOP = smallShop.notebooks["shop.md"];
const CHANGED = SHOP.replace("total_spend >= $least", "total_spend >= 300")
  .replace("Who spends most.", "Who spends the most.")
  .replaceAll("spend\n", "spending\n");

// A reader who looks at what changed since the last commit; each test goes on where the one before ended.
describe.skipIf(chromium === null || !hasGit)("comparing a notebook in the page", { timeout: 60_000 }, () => {
  let served: ServedPage;
  let page: Page;

  beforeAll(async () => {
    served = await openServed(chromium ?? "", serveChanged());
    page = served.page;
    await page.goto(new URL("/notebooks/shop.md", served.url).href);
  }, 60_000);

  afterAll(() => served?.close());

  const part = (name: RegExp) => page.getByRole("region", { name });

  test("is offered by the palette, and begins with the last commit", async () => {
    await page.getByRole("heading", { level: 1, name: "Small shop" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("compare with an earlier");
    await page.keyboard.press("Enter");
    await page.getByText("1 cell changed, 1 renamed; the text changed.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/compare/notebooks/shop.md");
    expect(await page.getByLabel("Compare with").locator("option:checked").textContent()).toContain(
      "The shop as it was",
    );
  });

  test("shows words that went and came as such, beside each other", async () => {
    await part(/^sql spending: renamed from spend$/).waitFor();
    const groups = part(/^segments groups: changed$/);
    expect(await groups.locator("del").allTextContents()).toEqual(["spend", "$least"]);
    expect(await groups.locator("ins").allTextContents()).toEqual(["spending", "300"]);
    const [left, right] = await Promise.all([
      groups.locator("del").last().boundingBox(),
      groups.locator("ins").last().boundingBox(),
    ]);
    expect(right?.x ?? 0).toBeGreaterThan((left?.x ?? 0) + 200);
    expect(Math.abs((right?.y ?? 0) - (left?.y ?? 0))).toBeLessThan(4);
  });

  test("goes from change to change by keys", async () => {
    await page.keyboard.press("n");
    expect(await focused(page)).toMatch(/^seg-diff-part/);
    const first = await part(/^sql spending/).boundingBox();
    await page.keyboard.press("n");
    await page.keyboard.press("p");
    expect(first?.y ?? -1).toBeGreaterThan(0);
  });

  test("runs both on demand, and says how sizes change and who moved", async () => {
    await page.getByRole("button", { name: "Run both and compare" }).press("Enter");
    expect(await focused(page)).toMatch(/^h2/);
    const groups = page.getByRole("article", { name: "segments groups" });
    await groups.getByRole("row", { name: "Spenders 3 1 ↓ 2 (66.7 %) 0 2" }).waitFor();
    await groups.getByRole("row", { name: "Spenders → no segment 2 1, 5" }).waitFor();
    await page.getByText("One cell yields something else.").waitFor();
  });

  test("stops when it is cancelled, and the notebook's kernel is free again", async () => {
    const endless =
      "```sql endless\nSELECT count(*) AS n FROM range(100000) a, range(100000) b, range(100000) c\n```\n";
    await writeFile(join(served.root, "notebooks/shop.md"), CHANGED + endless);
    await page.getByText("1 cell changed, 1 renamed, 1 added; the text changed.").waitFor();
    await page.getByRole("button", { name: "Run both and compare" }).click();
    await page.getByText("Running both:").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Run both and compare" }).waitFor();
    await writeFile(join(served.root, "notebooks/shop.md"), CHANGED);
    await page.getByText("1 cell changed, 1 renamed; the text changed.").waitFor();
    await page.getByRole("button", { name: "Run both and compare" }).click();
    await page.getByText("One cell yields something else.").waitFor();
  });

  test("follows the file, and compares with another notebook", async () => {
    await writeFile(join(served.root, "notebooks/shop.md"), SHOP);
    await page.getByText("The two are the same.").waitFor();
    await page.getByLabel("Compare with").selectOption({ label: "Other shop" });
    await page.getByText("The settings changed.").waitFor();
    await page.goBack();
    await page.getByText("The two are the same.").waitFor();
  });

  test("says so where a revision is unknown", async () => {
    await page.getByLabel("Compare with").selectOption({ label: "Another revision …" });
    await page.keyboard.type("no-such");
    await page.keyboard.press("Enter");
    await page.getByText("Git knows no revision no-such here.").waitFor();
    // The refusal's status is a complaint of the browser's, and the only one.
    expect(served.complaints.filter((text) => !/422/.test(text))).toEqual([]);
  });

  test("is in one column on a narrow screen, without faults in either theme", async () => {
    await writeFile(join(served.root, "notebooks/shop.md"), CHANGED);
    await page.goBack();
    await part(/^segments groups: changed$/).waitFor();
    for (const [theme, width] of [
      ["light", 1440],
      ["dark", 420],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate((name) => document.documentElement.setAttribute("data-theme", name), theme);
      await part(/^segments groups: changed$/).waitFor();
      // What was computed is still there when the window has another width.
      if (width === 1440) await page.getByRole("button", { name: "Run both and compare" }).click();
      await page.getByRole("article", { name: "segments groups" }).waitFor();
      expect(await faults(page), theme).toEqual([]);
    }
    const groups = part(/^segments groups: changed$/);
    const [gone, come] = await Promise.all([
      groups.locator("del").last().boundingBox(),
      groups.locator("ins").last().boundingBox(),
    ]);
    expect((come?.x ?? 0) - ((gone?.x ?? 0) + (gone?.width ?? 0))).toBeLessThan(3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
  });
});

/** A shop whose notebook is another than the last commit's. */
async function serveChanged(): Promise<Served> {
  const served = await serveFiles({
    "data/orders.csv": smallShop.data["orders.csv"],
    "notebooks/shop.md": SHOP,
    "notebooks/other.md": SHOP.replace("title: Small shop", "title: Other shop"),
    ".gitignore": ".segbook/\n",
  });
  gitInit(served.root);
  gitCommit(served.root, "The shop as it was");
  await writeFile(join(served.root, "notebooks/shop.md"), CHANGED);
  return served;
}
