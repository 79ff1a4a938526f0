import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type DemoProgress, generateDemo, isDemoPresent, main } from "../../data/generate.ts";

const workspaces: string[] = [];
let small: string;

beforeAll(async () => {
  small = await mkdtemp(join(tmpdir(), "segbook-demo-"));
  await generateDemo({ out: small, customers: 50, seed: 1 });
});

afterAll(() => rm(small, { recursive: true, force: true }));

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await rm(workspace, { recursive: true, force: true });
});

describe("the demo data", () => {
  it("is the same to the byte for one seed, on one thread or several, and another for another seed", async () => {
    const [one, several, other] = [await newWorkspace(), await newWorkspace(), await newWorkspace()];
    await generateDemo({ out: one, customers: 300, seed: 7, threads: 1 });
    await generateDemo({ out: several, customers: 300, seed: 7, threads: 3 });
    await generateDemo({ out: other, customers: 300, seed: 8, threads: 2 });
    expect(await hashes(several)).toEqual(await hashes(one));
    expect((await hashes(other))["data/demo/orders.csv"]).not.toBe((await hashes(one))["data/demo/orders.csv"]);
  });

  it("is one file of customers and of orders, and one a month of all else", async () => {
    const files = Object.keys(await hashes(small));
    expect(files.filter((file) => file.endsWith(".csv"))).toEqual(["data/demo/customers.csv", "data/demo/orders.csv"]);
    for (const folder of ["mail_events", "order_lines", "sends", "web"]) {
      const months = files.filter((file) => file.startsWith(`data/demo/${folder}/`));
      expect(months).toHaveLength(13);
      expect(months.at(0)).toBe(`data/demo/${folder}/2025-10.parquet`);
      expect(months.at(-1)).toBe(`data/demo/${folder}/2026-10.parquet`);
    }
  });

  it("keeps what was planted away from the data folder", async () => {
    const files = Object.keys(await hashes(small));
    expect(files.filter((file) => !file.startsWith("data/"))).toEqual([
      ".segbook/demo-truth/archetypes.parquet",
      ".segbook/demo-truth/truth.json",
    ]);
    for (const file of files.filter((name) => name.startsWith("data/"))) {
      const text = (await readFile(join(small, file))).toString("latin1");
      expect(text).not.toContain("archetype");
      expect(text).not.toContain("weekly buyers");
    }
    const truth = JSON.parse(await readFile(join(small, ".segbook/demo-truth/truth.json"), "utf8"));
    expect(truth).toMatchObject({
      customers: 50,
      seed: 1,
      fall: { archetype: "bargain hunters", metric: "click_rate", firstDay: "2026-08-23", factor: 0.75 },
    });
  });

  it("is known to be there by its version, size and seed", async () => {
    expect(await isDemoPresent(await newWorkspace())).toBe(false);
    expect(await isDemoPresent(small)).toBe(true);
    expect(await isDemoPresent(small, { customers: 50, seed: 1 })).toBe(true);
    expect(await isDemoPresent(small, { customers: 51 })).toBe(false);
    expect(await isDemoPresent(small, { seed: 2 })).toBe(false);
    const workspace = await newWorkspace();
    await mkdir(join(workspace, "data/demo"), { recursive: true });
    for (const marker of ['{"version": 0, "customers": 50, "seed": 1}', "{"]) {
      await writeFile(join(workspace, "data/demo/.made.json"), marker);
      expect(await isDemoPresent(workspace)).toBe(false);
    }
  });

  it("takes the place of an older demo, and says step by step how far it is", async () => {
    const workspace = await newWorkspace();
    await generateDemo({ out: workspace, customers: 30, seed: 1 });
    await writeFile(join(workspace, "data/demo/left-over.csv"), "a\n1\n");
    const heard: DemoProgress[] = [];
    await generateDemo({ out: workspace, customers: 35, seed: 1, onProgress: (progress) => heard.push(progress) });
    expect(await isDemoPresent(workspace, { customers: 35 })).toBe(true);
    expect(await readdir(join(workspace, "data/demo"))).not.toContain("left-over.csv");
    expect(heard.map(({ done }) => done)).toEqual(heard.map((_, i) => i + 1));
    expect(heard.at(-1)).toMatchObject({ done: heard[0]?.total });
  });

  it("leaves nothing behind when it is cancelled, and what was there stays", async () => {
    const workspace = await newWorkspace();
    await generateDemo({ out: workspace, customers: 30, seed: 1 });
    const before = await hashes(workspace);
    const stop = new AbortController();
    const onProgress = ({ done }: DemoProgress) => {
      if (done === 3) stop.abort();
    };
    const making = generateDemo({ out: workspace, customers: 2000, seed: 2, signal: stop.signal, onProgress });
    await expect(making).rejects.toHaveProperty("name", "AbortError");
    expect(await hashes(workspace)).toEqual(before);
    expect(await readdir(join(workspace, ".segbook"))).toEqual(["demo-truth"]);
  });

  it("does not begin once it is cancelled", async () => {
    const workspace = await newWorkspace();
    await expect(
      generateDemo({ out: workspace, customers: 30, seed: 1, signal: AbortSignal.abort() }),
    ).rejects.toThrow();
    expect(await readdir(workspace)).toEqual([]);
  });

  it("refuses numbers of customers that it can't tell apart", async () => {
    for (const customers of [0, -1, 1.5, Number.NaN, 10_000_000]) {
      await expect(generateDemo({ out: "/nowhere", customers, seed: 1 })).rejects.toThrow(RangeError);
    }
  });
});

describe("the command that makes it", () => {
  beforeAll(() => {
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it("makes a demo where it is told to", async () => {
    const workspace = await newWorkspace();
    expect(await main(["--out", workspace, "--customers", "25", "--seed", "9"])).toBe(0);
    expect(await isDemoPresent(workspace, { customers: 25, seed: 9 })).toBe(true);
  });

  it("leaves a demo that is there alone where it is told to, unless another is asked for", async () => {
    const workspace = await newWorkspace();
    expect(await main(["--out", workspace, "--customers", "20", "--if-missing"])).toBe(0);
    await writeFile(join(workspace, "data/demo/kept.csv"), "a\n1\n");
    expect(await main(["--out", workspace, "--if-missing"])).toBe(0);
    expect(await main(["--out", workspace, "--if-missing", "--customers", "20", "--seed", "1"])).toBe(0);
    expect(await readdir(join(workspace, "data/demo"))).toContain("kept.csv");
    expect(await main(["--out", workspace, "--if-missing", "--customers", "21"])).toBe(0);
    expect(await isDemoPresent(workspace, { customers: 21 })).toBe(true);
    expect(await readdir(join(workspace, "data/demo"))).not.toContain("kept.csv");
  });

  it("gives 2 for a call that it can't follow", async () => {
    for (const args of [["--customers", "many"], ["--customers", "0"], ["--seed", "-1"], ["--size", "3"], ["here"]]) {
      expect(await main(args)).toBe(2);
      expect(console.error).toHaveBeenLastCalledWith(expect.stringContaining("usage: generate"));
    }
  });

  it("gives 1 where the files can't be written, and 130 when it is cancelled", async () => {
    const workspace = await newWorkspace();
    await writeFile(join(workspace, "data"), "a file where a folder belongs");
    expect(await main(["--out", workspace, "--customers", "10"])).toBe(1);
    expect(await main(["--out", await newWorkspace(), "--customers", "10"], AbortSignal.abort())).toBe(130);
  });
});

async function newWorkspace(): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), "segbook-demo-"));
  workspaces.push(workspace);
  return workspace;
}

/** Every file below the workspace with the hash of its bytes. */
async function hashes(workspace: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await mkdir(workspace, { recursive: true });
  const entries = await readdir(workspace, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    found[relative(workspace, file)] = createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  }
  return found;
}
