import { symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import type { WorkspaceView } from "../../../server/run/view.ts";
import { appFor, call, workspaceFolder } from "./workspace-folder.ts";

test("the workspace lists its notebooks and its data, and nothing hidden or from outside", async () => {
  const root = workspaceFolder({
    "notebooks/deep/second.md": "# No head\n```segments people\n```\n",
    "notebooks/notes.txt": "x",
    "notebooks/.hidden.md": "x",
    "notebooks/.git/x.md": "x",
    "notebooks/latin.md": new Uint8Array([0xfc]),
    "data/2026/orders.parquet": "PAR1",
    "data/.secret": "x",
    "outside.csv": "x",
  });
  symlinkSync(join(root, "outside.csv"), join(root, "data/out.csv"));
  symlinkSync(join(root, "data"), join(root, "data/loop"));
  const app = appFor(root);
  const view = (await (await call(app, "GET", "/api/workspace")).json()) as WorkspaceView;
  expect(view.name).toBe(basename(root));
  expect(view.notebooks).toMatchObject([
    { path: "notebooks/deep/second.md", title: "No head", cells: [{ id: "people", kind: "segments" }] },
    { path: "notebooks/first.md", title: "First", cells: [{ id: "a", kind: "sql" }] },
    { path: "notebooks/latin.md", title: "latin", cells: [] },
  ]);
  expect(view.data.map(({ path, bytes }) => ({ path, bytes }))).toEqual([
    { path: "2026/orders.parquet", bytes: 4 },
    { path: "orders.csv", bytes: 5 },
  ]);
  expect(Date.parse(view.data[0]?.modified ?? "")).not.toBeNaN();

  writeFileSync(join(root, "notebooks/first.md"), "---\nsegbook: 1\ntitle: Another\n---\n");
  const later = (await (await call(app, "GET", "/api/workspace")).json()) as WorkspaceView;
  expect(later.notebooks.map(({ title }) => title)).toEqual(["No head", "Another", "latin"]);
});

test("a workspace without its folders is empty, not broken", async () => {
  const app = appFor(join(workspaceFolder(), "nothing"));
  expect(await (await call(app, "GET", "/api/workspace")).json()).toMatchObject({ notebooks: [], data: [] });
});
