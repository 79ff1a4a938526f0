import type { Browser, Locator, Page } from "playwright-core";

/** A page of the workbench; what its browser has to complain of is collected. */
export async function openPage(browser: Browser, url: string, complaints: string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

export function cellOf(page: Page, id: string): Locator {
  return page.locator("seg-cell").filter({ has: page.locator(`section#${id}`) });
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
