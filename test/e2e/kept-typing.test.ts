import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../chromium.ts";
import { openWorkspace, type TestWorkspace } from "../workspace.ts";
import { freePort, type RunningBrowser, type RunningServer, startBrowser, startServer } from "./processes.ts";
import { smallShop } from "./small-shop.ts";

const chromium = findChromium();
const LONG = 30_000;
const SAVES = "**/api/notebook?**";

describe.skipIf(chromium === null)("what is typed", { timeout: 90_000 }, () => {
  let workspace: TestWorkspace;
  let profile: string;
  let server: RunningServer;
  let running: RunningBrowser;
  let page: Page;

  beforeAll(async () => {
    workspace = await openWorkspace(smallShop);
    profile = await mkdtemp(join(tmpdir(), "segbook-profile-"));
    [server, running] = await Promise.all([
      startServer(workspace.root, await freePort()),
      startBrowser(chromium ?? "", profile),
    ]);
    page = await open(running, server.url);
  }, 60_000);

  afterAll(async () => {
    await running?.kill();
    await server?.kill();
    await workspace?.remove();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const file = () => workspace.read("notebooks/shop.md");
  const onDisk = async (change: (text: string) => string) =>
    writeFile(join(workspace.root, "notebooks/shop.md"), change(await file()));

  test("survives a browser that is killed while one types, and is offered and put back", async () => {
    // Nothing reaches the file, however slowly the machine types.
    await page.route(SAVES, (route) => (route.request().method() === "PUT" ? undefined : route.continue()));
    await write(page, "spend");
    const typing = page.keyboard.type("-- abcdefghijklmnopqrstuvwxyz", { delay: 100 }).catch(() => undefined);
    await page.locator("#spend .cm-line", { hasText: "-- abcde" }).waitFor();
    const earlier = await page.locator("#spend .cm-line").allTextContents();
    // Whatever was there a second ago is kept by now.
    await page.waitForTimeout(1_000);
    await running.kill();
    await typing;
    expect(await file()).not.toContain("-- a");

    running = await startBrowser(chromium ?? "", profile);
    page = await open(running, server.url);
    await page.getByText(/What you typed here until .* did not reach the file/).waitFor();
    await page.getByRole("button", { name: "Put it back" }).click();
    await expect.poll(file, { timeout: LONG }).toContain(earlier.at(-1) ?? "");
    await page.getByText(/What you typed here/).waitFor({ state: "detached" });
    await page.getByText("Saved", { exact: true }).waitFor();
  });

  test("survives a server that is killed while one types: the page says so, takes its new address, and saves", async () => {
    await write(page, "spend");
    const typing = page.keyboard.type("\n-- while it was away", { delay: 40 });
    await server.kill();
    await typing;
    await page.getByText(/Connection lost/).waitFor({ timeout: LONG });
    server = await startServer(workspace.root, server.port);
    // The token is another: the page keeps what was typed and says what to do.
    await page.getByText(/The server was started anew and does not know this browser/).waitFor({ timeout: LONG });
    expect(await file()).not.toContain("-- while it was away");
    await page.getByLabel("Address with its token").fill("http://127.0.0.1/?token=wrong");
    await page.keyboard.press("Enter");
    await page.getByText(/not the token of the server that runs now/).waitFor();
    await page.getByLabel("Address with its token").fill(server.url);
    await page.keyboard.press("Enter");
    await expect.poll(file, { timeout: LONG }).toContain("-- while it was away");
    await page.getByText(/does not know this browser/).waitFor({ state: "detached" });
    await page.getByText("Saved", { exact: true }).waitFor();
  });

  test("is not in the way of a change on disk that comes while all is saved: focus, folds and place stay", async () => {
    await page.locator("#groups").evaluate((cell) => (cell as HTMLElement).focus());
    await page.keyboard.press("j");
    const before = await atRest(page);
    await onDisk((text) => text.replace("# Small shop", "# Small shop\n\nWritten by somebody else."));
    await page.getByText("Written by somebody else.").waitFor();
    const after = await where(page);
    expect({ ...after, top: before.top }).toEqual(before);
    // The words come first, then the page is moved by their height.
    await expect.poll(async () => Math.abs((await where(page)).top - before.top)).toBeLessThanOrEqual(2);
    await page.getByText(/taken in: the words at the start/).waitFor();
    await page.getByText("Saved", { exact: true }).waitFor();
  });

  test("in one cell is merged with a change of another cell on disk, and that is said", async () => {
    await write(page, "spend");
    await page.keyboard.type("\n-- mine");
    await onDisk((text) =>
      text.replace("Recent: placed order in last 30 days", "Recent: placed order in last 20 days"),
    );
    await page.getByText(/taken in: groups/).waitFor();
    await expect.poll(file).toContain("-- mine");
    expect(await file()).toContain("in last 20 days");
    await page.locator("#groups", { hasText: "in last 20 days" }).waitFor();
  });

  test("in a cell that was changed on disk too is shown beside it, and one chooses by keyboard", async () => {
    // The other hand is quicker than the save, however slow the machine is.
    const held: Route[] = [];
    let holds = true;
    await page.route(SAVES, (route) =>
      holds && route.request().method() === "PUT" ? void held.push(route) : route.continue(),
    );
    await write(page, "spend");
    await page.keyboard.type("\n-- mine again");
    await onDisk((text) =>
      text.replace("ORDER BY customer_id", "ORDER BY customer_id DESC").replace("Who spends", "Who ever spends"),
    );
    // Not by taking the route away, which lets go what it holds in its own time.
    holds = false;
    for (const route of held) await route.continue();
    await page.getByRole("button", { name: "Changed by somebody else" }).press("Enter");
    await page.getByRole("dialog", { name: "The file was changed elsewhere" }).waitFor();
    const dialog = page.locator("seg-conflict");
    await dialog.locator("td", { hasText: "-- mine again" }).waitFor();
    await dialog.getByText("DESC").waitFor();
    await dialog.getByText(/Taken from the file: the words after spend/).waitFor();
    await dialog.getByRole("button", { name: "Choose 1 more" }).waitFor();
    await dialog.getByLabel("Mine", { exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    expect(await dialog.getByLabel("Theirs", { exact: true }).isChecked()).toBe(true);
    await page.keyboard.press("ArrowUp");
    await dialog.getByRole("button", { name: "Save what is chosen" }).press("Enter");
    await expect.poll(file).toContain("-- mine again");
    expect(await file()).not.toContain("DESC");
    expect(await file()).toContain("Who ever spends");
    await dialog.locator("td").first().waitFor({ state: "detached" });
  });
});

async function open(running: RunningBrowser, url: string): Promise<Page> {
  const page = await running.context.newPage();
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(url);
  await page.getByRole("heading", { level: 1, name: "Small shop" }).waitFor();
  await page.locator("#groups").waitFor();
  return page;
}

/** Puts the cursor at the end of a cell's text. */
async function write(page: Page, cell: string): Promise<void> {
  const section = page.locator(`section#${cell}`);
  if ((await section.locator(".cm-content").count()) === 0) {
    await section.focus();
    await page.keyboard.press("Enter");
  }
  await section.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
}

/** Where the reader is once the page no longer moves. */
async function atRest(page: Page) {
  for (let before = await where(page); ; ) {
    await page.waitForTimeout(500);
    const now = await where(page);
    if (now.top === before.top) return now;
    before = now;
  }
}

/** What has the focus, what is folded, and how far the page is scrolled, as seen from the cell at hand. */
function where(page: Page) {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const inner = (root: ParentNode): Element[] =>
      [...root.querySelectorAll("*")].flatMap((each) => [each, ...(each.shadowRoot ? inner(each.shadowRoot) : [])]);
    const expanded = inner(document).filter((each) => each.getAttribute("aria-expanded") !== null);
    return {
      focus: active?.id ?? "",
      top: Math.round(active?.getBoundingClientRect().top ?? 0),
      folds: expanded.map((each) => each.getAttribute("aria-expanded")),
    };
  });
}
