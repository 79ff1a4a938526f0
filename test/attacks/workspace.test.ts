import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readSettings } from "../../server/run/settings.ts";
import { takeFile } from "../../server/run/take-file.ts";
import { workspaceAt } from "../../server/run/workspace.ts";
import { cell, NotebookRuns } from "../server/run/notebook-runs.ts";

/** A workspace that came with a link in it, and somebody's folder beside it with a file that is years old. */
async function withLink(path: string) {
  const around = await mkdtemp(join(tmpdir(), "segbook-linked-"));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  const letter = join(around, "home", "letters", "a.txt");
  await mkdir(dirname(letter), { recursive: true });
  await writeFile(letter, "a,b\n1,secret\n");
  await utimes(letter, 1_500_000_000, 1_500_000_000);
  const root = join(around, "workspace");
  for (const folder of ["notebooks", "data", ".segbook/cache"]) await mkdir(join(root, folder), { recursive: true });
  await rm(join(root, path), { recursive: true, force: true });
  await mkdir(dirname(join(root, path)), { recursive: true });
  await symlink(join(around, "home"), join(root, path));
  return { workspace: workspaceAt(root), letter };
}

describe("a workspace that came with a link in the place of one of its own folders", () => {
  it.each([
    ".segbook",
    ".segbook/cache",
    ".segbook/spill",
    ".segbook/cache/tidied",
    ".segbook/studies",
    ".segbook/studies/a.json",
    ".segbook/last-runs",
    ".segbook/membership",
    ".segbook/membership/shop-0123456789ab",
    ".segbook/membership/shop-0123456789ab/manifest.json",
    "data",
    "notebooks",
  ])("is not opened: %s", async (path) => {
    const { workspace } = await withLink(path);
    const message = `\`${path}\` is a link, and what it leads to is not the workspace's.`;
    expect(readSettings(workspace)).toMatchObject({ code: "workspace-link", message });
  });

  it("is not written to where the history or the state becomes a link once it is open", async () => {
    for (const path of [".segbook/membership", ".segbook/last-runs"]) {
      const { workspace, letter } = await withLink(path);
      const runs = new NotebookRuns(workspace);
      onTestFinished(() => runs.close());
      const before = await readdir(dirname(dirname(letter)), { recursive: true });
      const notebook =
        cell("sql", "people", "SELECT 1 AS customer_id") +
        cell("segments", "all", "of: people\nsegments:\n  Everybody: customer_id IS KNOWN");
      const ran = await runs.run(notebook, { refresh: true });
      expect(ran.result).toMatchObject({ state: "failed", problems: [{ code: "workspace-link" }] });
      expect(await readdir(dirname(dirname(letter)), { recursive: true })).toEqual(before);
    }
  });

  it("a link under the name by which a process takes the history is not written through", async () => {
    const { workspace, letter } = await withLink("other");
    const file = join(workspace.state, "serving.json");
    await symlink(letter, `${file}.${process.pid}`);
    const taken = await takeFile(file);
    expect(taken).toHaveProperty("release");
    if ("release" in taken) await taken.release();
    expect(await readFile(letter, "utf8")).toBe("a,b\n1,secret\n");
  });

  it("removes nothing of what the link leads to, where it is made once the workspace is open", async () => {
    const { workspace, letter } = await withLink(".segbook/spill");
    const runs = new NotebookRuns(workspace);
    onTestFinished(() => runs.close());
    await runs.run(cell("sql", "one", "SELECT 1 AS a"));
    expect(existsSync(letter)).toBe(true);
    expect(await readFile(letter, "utf8")).toContain("secret");
  });

  it("is opened where data/ is a link that stays in it", async () => {
    const { workspace } = await withLink("other");
    await rm(join(workspace.root, "other"));
    await rm(workspace.data, { recursive: true });
    await mkdir(join(workspace.root, "files"));
    await symlink("files", workspace.data);
    expect(readSettings(workspace)).not.toHaveProperty("code");
  });
});
