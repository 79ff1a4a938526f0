import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workspaceAt } from "../../server/run/workspace.ts";
import { type Serving, startServer } from "../../server/serve.ts";
import { findChromium, launchChromium } from "../chromium.ts";
import { cell, withHead } from "../server/run/notebook-runs.ts";
import { openWorkspace, type TestWorkspace } from "../workspace.ts";

const chromium = findChromium();

const NOTEBOOK = withHead(
  cell("input", "least", "type: number\ndefault: 5") +
    cell("sql", "numbers", "SELECT i FROM range(9) AS t(i) WHERE i >= $least ORDER BY i"),
);

describe.skipIf(chromium === null)("Export… in the page", () => {
  let workspace: TestWorkspace;
  let serving: Serving;
  let browser: Browser;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "small.md": NOTEBOOK } });
    serving = await startServer({
      workspace: workspaceAt(workspace.root),
      host: "127.0.0.1",
      port: 0,
      portGiven: true,
    });
    browser = await launchChromium(chromium ?? "");
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.close();
    await workspace?.remove();
  });

  test("keeps the results on screen as one page, with the inputs as they are set, and says what it lacks", async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(serving.url);
    await page.goto(new URL("/notebooks/small.md?least=7", serving.url).href);
    const early = page.waitForEvent("download");
    await page.locator("seg-header").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Export…" }).click();
    await (await early).delete();
    await page.getByText("1 cell has no result of today").waitFor();
    await page.getByRole("button", { name: /^Run (all|stale)/ }).click();
    await page.getByText("2 rows").first().waitFor();
    const later = page.waitForEvent("download");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("export");
    await page.keyboard.press("Enter");
    const download = await later;
    expect(download.suggestedFilename()).toBe("small.html");
    const file = join(workspace.root, "kept.html");
    await download.saveAs(file);
    const kept = await readFile(file, "utf8");
    expect(kept).toContain("<dt>least</dt><dd>7</dd>");
    expect(kept).toContain('<td class="n">8</td>');
    expect(kept).not.toContain(serving.token);
    expect(said).toEqual([]);
    await page.close();
  });
});
