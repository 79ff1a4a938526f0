import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { Fingerprints } from "../../../server/run/fingerprint.ts";

const never = new AbortController().signal;
setMaxListeners(0, never);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "segbook-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("a file's fingerprint", () => {
  it("is the SHA-256 of its bytes", async () => {
    const folder = await temporary();
    await writeFile(join(folder, "a"), "abc");
    expect(await new Fingerprints(join(folder, "known")).of(join(folder, "a"), never)).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it("is of the new bytes where size and time of change were put back to what they were", async () => {
    const folder = await temporary();
    const file = join(folder, "a");
    const prints = new Fingerprints(join(folder, "known"));
    await writeFile(file, "abc");
    await utimes(file, 1000, 1000);
    await prints.of(file, never);
    await writeFile(file, "abd");
    await utimes(file, 1000, 1000);
    expect(await prints.of(file, never)).toBe(sha256("abd"));
  });

  it("is known to other processes once the file is at rest, however many ask at once", async () => {
    const folder = await temporary();
    const files = Array.from({ length: 20 }, (_, index) => join(folder, String(index)));
    for (const file of files) await writeFile(file, file);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const kept = join(folder, "known");
    const all = [new Fingerprints(kept), new Fingerprints(kept)].flatMap((prints) =>
      files.map((file) => prints.of(file, never)),
    );
    expect(await Promise.all(all)).toEqual([...files, ...files].map(sha256));
    expect((await readdir(kept)).filter((name) => name.endsWith(".json"))).toHaveLength(20);
    expect((await readdir(kept)).filter((name) => name.endsWith(".tmp"))).toHaveLength(0);
  });

  it("is computed once, and again where size, time of change or inode moved", async () => {
    const folder = await temporary();
    const [file, other] = [join(folder, "a"), join(folder, "b")];
    await writeFile(file, "abc");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await new Fingerprints(join(folder, "known")).of(file, never);
    const [kept = ""] = await readdir(join(folder, "known"));
    const path = join(folder, "known", kept);
    // What is planted here can only be given back where the file is not read.
    const known = JSON.parse(await readFile(path, "utf8")) as { sha256: string; size: number };
    await writeFile(path, JSON.stringify({ ...known, sha256: "planted" }));
    expect(await new Fingerprints(join(folder, "known")).of(file, never)).toBe("planted");
    for (const moved of [{ size: 2 }, { mtime: 1 }, { inode: 1 }]) {
      await writeFile(path, JSON.stringify({ ...known, sha256: "planted", ...moved }));
      expect(await new Fingerprints(join(folder, "known")).of(file, never)).toBe(sha256("abc"));
    }
    const prints = new Fingerprints(join(folder, "known"));
    await prints.of(file, never);
    await writeFile(other, "abd");
    await rename(other, file);
    expect(await prints.of(file, never)).toBe(sha256("abd"));
  });

  it("is computed again where what was kept is damaged", async () => {
    const folder = await temporary();
    const file = join(folder, "a");
    await writeFile(file, "abc");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await new Fingerprints(join(folder, "known")).of(file, never);
    const [kept = ""] = await readdir(join(folder, "known"));
    await writeFile(join(folder, "known", kept), "{");
    expect(await new Fingerprints(join(folder, "known")).of(file, never)).toBe(sha256("abc"));
  });

  it("ends at once where it is cancelled", async () => {
    const folder = await temporary();
    const file = join(folder, "a");
    await writeFile(file, Buffer.alloc(64 * 1024 * 1024));
    const controller = new AbortController();
    const asked = new Fingerprints(join(folder, "known")).of(file, controller.signal);
    controller.abort();
    await expect(asked).rejects.toThrow();
  });
});
