import { watch } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { Cancelled } from "../../../../server/engine/engine.ts";
import { historyFolder } from "../../../../server/run/membership/place.ts";
import { openRuns, PATH } from "../notebook-runs.ts";
import { notebook, ordersFile, peopleFile } from "./refreshes.ts";

const PEOPLE = peopleFile([1, 2, 3, 4, 5].map((who) => ({ who, country: "UK" })));

test("A refresh that is called off while it is recorded leaves the results of its run, and nothing of itself", async () => {
  const runs = await openRuns({ "orders.csv": ordersFile([{ who: 1, at: "2026-10-30" }]), "people.csv": PEOPLE });
  const text = `---\nsegbook: 1\n---\n\n${notebook({ rules: { recent: "placed order in last 7 days" } })}`;
  const folder = historyFolder(runs.workspace.membership, PATH, "customer_id");
  await mkdir(folder, { recursive: true });
  const controller = new AbortController();
  const watcher = watch(folder, () => controller.abort());
  try {
    await expect(runs.run(text, { refresh: true, signal: controller.signal })).rejects.toThrow(Cancelled);
  } finally {
    watcher.close();
  }
  expect(await readdir(folder)).toEqual([]);
  expect((await runs.plan(text)).states).toMatchObject({ people: "fresh", orders: "fresh", groups: "fresh" });
  const { result } = await runs.run(text, { refresh: true });
  expect(result.refresh?.segments.map(({ segment, size }) => [segment, size])).toEqual([["recent", 0]]);
});
