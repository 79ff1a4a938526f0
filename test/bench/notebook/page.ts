import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { findChromium, launchChromium } from "../../chromium.ts";
import { projectRoot } from "../../workspace.ts";
import { line } from "./report.ts";
import { BenchServer } from "./server.ts";
import { benchWorkspace, writeNotebook } from "./workspaces.ts";

const TEN_MILLION = `---
segbook: 1
---

# Ten million rows

\`\`\`sql long
SELECT i AS row, hash(i) % 1000 AS spend, 'person ' || i AS name, DATE '2026-01-01' + (i % 365)::INTEGER AS day,
  (i % 97) / 7 AS share, i % 3 = 0 AS consent
FROM range(10000000) AS t(i)
ORDER BY i
\`\`\`
`;

/** Frames while a table of ten million rows is scrolled by wheel, by page and by its thumb. */
export async function scrolling(): Promise<void> {
  const workspace = await benchWorkspace(2_000);
  const path = writeNotebook(workspace, "ten-million", TEN_MILLION);
  await onPage(workspace, path, async (page, server) => {
    await server.run({ path });
    await page.reload();
    const grid = page.getByRole("grid", { name: "Rows of long" });
    await grid.scrollIntoViewIfNeeded();
    await grid.getByText("person 3", { exact: true }).waitFor();
    await grid.hover();
    await page.evaluate(watchFrames);
    for (let turn = 0; turn < 150; turn++) {
      await page.mouse.wheel(0, 120 + (turn % 5) * 90);
      await page.waitForTimeout(16);
    }
    for (let share = 0; share <= 1; share += 0.05) {
      await grid.evaluate((element, to) => {
        element.scrollTop = to * element.scrollHeight;
      }, share);
      await page.waitForTimeout(120);
    }
    await grid.focus();
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press("PageUp");
      await page.waitForTimeout(30);
    }
    const frames = (await page.evaluate(() => window.benchFrames)).toSorted((a, b) => a - b);
    const at = (share: number) => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))] ?? Number.NaN;
    line(`ten million rows scrolled, half of ${frames.length} frames`, `${at(0.5).toFixed(1)} ms`, "< 17 ms");
    line("ten million rows scrolled, 99 of 100 frames", `${at(0.99).toFixed(1)} ms`, "< 50 ms");
  });
}

/** Tasks of the page that block it for long while the demo notebook is run anew and its cells' results stream in. */
export async function streaming(): Promise<void> {
  const workspace = await benchWorkspace(20_000);
  mkdirSync(join(workspace, "notebooks"), { recursive: true });
  cpSync(join(projectRoot, "notebooks", "first-segments.md"), join(workspace, "notebooks", "first-segments.md"));
  const path = "notebooks/first-segments.md";
  await onPage(workspace, path, async (page, server) => {
    await page.getByRole("heading", { name: "First segments", level: 1 }).waitFor();
    // What follows is of the run alone.
    await page.waitForTimeout(3_000);
    await page.evaluate(watchTasks);
    await server.run({ path, noCache: true });
    await page.waitForTimeout(1_500);
    const tasks = await page.evaluate(() => window.benchTasks);
    const long = tasks.filter((ms) => ms > 100).length;
    line("longest task of the page while a run streams", `${Math.max(0, ...tasks).toFixed(0)} ms`, "< 100 ms");
    line("tasks over 100 ms while a run streams", `${long}`, "0");
  });
}

declare global {
  interface Window {
    benchFrames: number[];
    benchTasks: number[];
  }
}

function watchFrames(): void {
  window.benchFrames = [];
  let before = performance.now();
  const next = (now: number) => {
    window.benchFrames.push(now - before);
    before = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

function watchTasks(): void {
  window.benchTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchTasks.push(entry.duration);
  }).observe({ type: "longtask" });
}

async function onPage(
  workspace: string,
  path: string,
  use: (page: Page, server: BenchServer) => Promise<void>,
): Promise<void> {
  const chromium = findChromium();
  if (chromium === null) return;
  const server = await BenchServer.start(workspace);
  const browser = await launchChromium(chromium);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    // The compiler marks functions with a helper of its own, which the page lacks.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.goto(server.url);
    await page.goto(new URL(`/${path}`, server.url).href);
    await use(page, server);
  } finally {
    await browser.close();
    await server.close();
  }
}
