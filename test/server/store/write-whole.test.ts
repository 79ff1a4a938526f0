import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { openFolderOf } from "../../../server/store/folder.ts";
import { NotebookFiles } from "../../../server/store/notebook-files.ts";

let root = "";
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "segbook-store-")));
  mkdirSync(join(root, "notebooks"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a save", () => {
  test("is whole or absent when the program is killed in the middle of saves, and the last one answered is there", async () => {
    const file = join(root, "notebooks/killed.md");
    for (let round = 0; round < 6; round++) {
      writeFileSync(file, `${round} start\n`);
      const child = spawn(
        process.execPath,
        ["--import", "tsx", fileURLToPath(new URL("saver.ts", import.meta.url)), root],
        {
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      let told = "";
      child.stdout.on("data", (chunk: Buffer) => {
        told += chunk.toString();
        // Killed once some saves were answered, at whatever step the next one is.
        if (told.split("\n").length > 3 + round * 4) child.kill("SIGKILL");
      });
      await new Promise((resolve) => child.on("close", resolve));
      const text = readFileSync(file, "utf8");
      const found = /^save (\d+)\n(x*)end\n$/.exec(text);
      const answered = Number(told.trimEnd().split("\n").at(-1));
      expect(found?.[2]).toHaveLength(200_000);
      // One more may have reached the disk before its answer reached us.
      expect([answered, answered + 1]).toContain(Number(found?.[1]));
    }
    const left = readdirSync(join(root, "notebooks")).filter((name) => name !== "killed.md");
    expect(left.every((name) => name.startsWith("."))).toBe(true);
  });

  test("is refused where another program wrote the file in the meantime", async () => {
    writeFileSync(join(root, "notebooks/a.md"), "one");
    const files = new NotebookFiles(root);
    const read = await files.read("notebooks/a.md");
    if (isProblem(read)) throw new Error(read.message);
    writeFileSync(join(root, "notebooks/a.md"), "two");
    expect(await files.save("notebooks/a.md", "three", read.etag)).toMatchObject({ current: { text: "two" } });
    expect(readFileSync(join(root, "notebooks/a.md"), "utf8")).toBe("two");
  });
});

test("an open folder stays the one that was opened when a link takes its place", async () => {
  mkdirSync(join(root, "notebooks/real"));
  mkdirSync(join(root, "elsewhere"));
  writeFileSync(join(root, "notebooks/real/x.md"), "inside");
  writeFileSync(join(root, "elsewhere/x.md"), "outside");
  const place = await openFolderOf(join(root, "notebooks/real/x.md"), join(root, "notebooks"));
  if (!place) throw new Error("the folder was not opened");
  rmSync(join(root, "notebooks/real"), { recursive: true });
  symlinkSync(join(root, "elsewhere"), join(root, "notebooks/real"));
  if (process.platform === "linux") expect(() => readFileSync(place.folder.at("x.md"), "utf8")).toThrow(/ENOENT/);
  await place.folder.handle.close();
  expect(await openFolderOf(join(root, "notebooks/real/x.md"), join(root, "notebooks"))).toBeNull();
});
