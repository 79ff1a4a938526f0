import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";

/** A page of the workbench; what its browser has to complain of is collected. `prepare` comes before the page is loaded. */
export async function openPage(
  browser: Browser,
  url: string,
  complaints: string[],
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Page> {
  // Colours that are still on their way to others would be a fault of contrast, now and then.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The answer itself is told below, with what it says.
    const isTold = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isTold) complaints.push(message.text());
  });
  page.on("response", async (response) => {
    // A save that is refused because the file is another is an answer, not a fault.
    if (response.status() < 400 || response.status() === 412) return;
    const body = await response.text().catch(() => "");
    // What the server had to say of a question that the page had given up meanwhile: nobody was told it.
    if (response.status() === 422 && body === "") return;
    complaints.push(`${response.status()} ${response.request().method()} ${response.url()} ${body}`);
  });
  await prepare(page);
  await page.goto(url);
  return page;
}

export function cellOf(page: Page, id: string): Locator {
  return page.locator("seg-cell").filter({ has: page.locator(`section#${id}`) });
}

export function runButton(page: Page, name: string | RegExp = /^Run/): Locator {
  return page.locator("seg-header").getByRole("button", { name });
}

/** Waits until no run goes on. */
export async function finished(page: Page, timeout = 180_000): Promise<void> {
  await runButton(page).waitFor({ timeout });
}

/** What has the focus, inside however many shadow roots: its tag with its id or classes. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (active === null) return "nothing";
    return `${active.localName}${active.id ? `#${active.id}` : ` ${active.className}`}`;
  });
}

/** What axe finds wrong with the page as it is now, a line each. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const results = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResults;
  return results.violations.map(
    (fault) => `${fault.impact} ${fault.id}: ${fault.nodes.map((node) => node.target.flat().join(" ")).join("; ")}`,
  );
}

/** The same in the light theme and in the dark. */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    // Drawn in it: the page may be at work with the answer to what was done before.
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    await page.waitForTimeout(300);
    found.push(...(await faults(page)).map((fault) => `${colorScheme} ${fault}`));
  }
  return found;
}
