import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DataWatch } from "../../../server/store/data-watch.ts";

const SOON = { timeout: 10_000 };

test("files that appear, change or go are told of once each, in folders too; who has left hears nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "segbook-data-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const watch = new DataWatch(folder, 20);
  let [told, toldOther] = [0, 0];
  const stop = await watch.subscribe(() => {
    told += 1;
  });
  const stopOther = await watch.subscribe(() => {
    toldOther += 1;
  });
  onTestFinished(stop);

  await mkdir(join(folder, "orders"));
  await writeFile(join(folder, "orders/2026-11.csv"), "a\n1\n");
  await expect.poll(() => told, SOON).toBe(1);
  await expect.poll(() => toldOther, SOON).toBe(1);
  stopOther();
  await writeFile(join(folder, "orders/2026-11.csv"), "a\n1\n2\n");
  await expect.poll(() => told, SOON).toBe(2);
  await writeFile(join(folder, ".hidden"), "");
  await rm(join(folder, "orders/2026-11.csv"));
  await expect.poll(() => told, SOON).toBe(3);
  expect(toldOther).toBe(1);
});

test("a data folder that is not there yet is no fault", async () => {
  const parent = await mkdtemp(join(tmpdir(), "segbook-data-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const watch = new DataWatch(join(parent, "data"), 20);
  let told = 0;
  onTestFinished(
    await watch.subscribe(() => {
      told += 1;
    }),
  );
  await mkdir(join(parent, "data"));
  await writeFile(join(parent, "data/orders.csv"), "a\n1\n");
  await expect.poll(() => told, SOON).toBe(1);
});
