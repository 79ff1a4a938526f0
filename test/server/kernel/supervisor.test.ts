import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { getPriority } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { defaultLimits } from "../../../server/run/limits.ts";
import type { StreamEvent } from "../../../server/run/view.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { cell } from "../run/notebook-runs.ts";
import { KernelsBusy, PATH, QUERY, serve } from "./served.ts";

const never = new AbortController().signal;
const ENDLESS = cell("sql", "endless", "SELECT max(hash(a.i, b.i)) AS m FROM range(1000000) a(i), range(1000000) b(i)");
const SHORT = cell("sql", "short", "SELECT 42 AS a");
const NUMBERS = cell(
  "sql",
  "numbers",
  "SELECT i AS customer_id, hash(i) % 1000 AS x, hash(i + 1) % 1000 AS y FROM range(20000) t(i)",
);

type KernelEvent = Extract<StreamEvent, { type: "kernel" }>;
const isKernel = (event: StreamEvent): event is KernelEvent => event.type === "kernel";

describe("a run that is cancelled", () => {
  it.each([
    ["a query", ENDLESS, "endless"],
    ["a clustering", NUMBERS + cell("cluster", "many", "of: numbers\ncolumns: [x, y]\nmethod: average\nk: 3"), "many"],
    [
      "a loop in a transform",
      SHORT +
        cell(
          "transform",
          "loop",
          `of: short\nverbs:\n  - derive: {x: "d => op.match(op.repeat('x', 60), /(x+x+)+y/)"}`,
        ),
      "loop",
    ],
    ["reading what a small file was packed from", cell("source", "packed", "files: packed.csv.gz"), "packed"],
  ])("ends though it is in the middle of %s, and the next run goes well", async (_, cells, id) => {
    const served = await serve(cells + SHORT.replace("short", "last"));
    await writeFile(
      join(served.root, "data", "packed.csv.gz"),
      gzipSync(Buffer.alloc(1 << 28, "a,b\n1,2\n"), { level: 1 }),
    );
    const run = await served.start();
    await served.running(id);
    const pids = served.supervisor.pids();
    expect(served.supervisor.cancel(run)).toBe(true);
    expect((await served.ended(run)).state).toBe("cancelled");
    const next = await served.start(["last"]);
    expect((await served.ended(next)).state).toBe("done");
    // It obeyed, and did not have to be killed.
    expect(served.supervisor.pids()).toEqual(pids);
  });

  it("ends though it reads a huge file to plan", async () => {
    const served = await serve(cell("source", "huge", "files: huge.csv") + SHORT);
    const path = join(served.root, "data", "huge.csv");
    await writeFile(path, "a\n");
    await truncate(path, 40 * 1024 ** 3);
    const run = await served.start();
    const [, plan] = [served.supervisor.cancel(run), served.ended(run)];
    expect((await plan).state).toBe("cancelled");
    await truncate(path, 2);
    expect((await served.ended(await served.start(["short"]))).state).toBe("done");
  });

  it("is ended by the next run of the notebook", async () => {
    const served = await serve(ENDLESS + SHORT);
    const first = await served.start();
    await served.running("endless");
    const second = await served.start(["short"]);
    expect((await served.ended(first)).state).toBe("cancelled");
    expect((await served.ended(second)).state).toBe("done");
    expect(served.supervisor.cancel(first)).toBe(false);
  });

  it("that does not obey takes its kernel with it, and not the run that came in its place", async () => {
    const served = await serve(ENDLESS + SHORT);
    const first = await served.start();
    await served.running("endless");
    const [stuck = 0] = served.supervisor.pids();
    process.kill(stuck, "SIGSTOP");
    const second = await served.start(["short"]);
    expect((await served.ended(first)).state).toBe("cancelled");
    expect(await served.ended(second)).toMatchObject({ state: "done", cells: 1, finished: 1 });
    expect(served.told("short")).toMatchObject({ state: "fresh", problems: [] });
    expect(served.supervisor.pids()).not.toContain(stuck);
    expect(served.events.filter(isKernel)).toHaveLength(1);
  });
});

describe("a kernel that is ended from outside", () => {
  it("fails the run, keeps what was computed, says what happened, and the next question starts another", async () => {
    const after = cell("sql", "after", "SELECT m FROM endless");
    const served = await serve(SHORT + ENDLESS + after);
    const run = await served.start();
    await served.running("endless");
    await served.fresh("short");
    const pid = served.killKernel();
    expect((await served.ended(run)).state).toBe("failed");
    expect(served.told("short")).toMatchObject({ state: "fresh", problems: [] });
    expect(served.told("endless")).toMatchObject({ state: "failed", problems: [{ code: "kernel-lost" }] });
    expect(served.told("endless")?.problems[0]?.message).toContain("SIGKILL");
    expect(served.told("after")).toMatchObject({ state: "cancelled", problems: [] });
    expect((await served.event(isKernel)).message).toContain("SIGKILL");
    expect(served.supervisor.pids()).toEqual([]);
    const page = await served.supervisor.page(PATH, "short", QUERY, never);
    expect(isProblem(page) ? page.code : page.rows).toEqual([[42]]);
    expect(served.supervisor.pids()).not.toContain(pid);
  });

  it("takes only what it was in the middle of: another goes on with the rest of the run", async () => {
    const after = cell("sql", "after", "SELECT m FROM endless");
    const apart = cell("sql", "apart", "SELECT a + 1 AS b FROM short");
    const oneByOne = { limits: { ...defaultLimits("."), threads: 1 } };
    const served = await serve(SHORT + ENDLESS + after + apart, oneByOne);
    const run = await served.start();
    await served.running("endless");
    expect(served.told("apart")?.state).toBe("waiting");
    served.killKernel();
    expect(await served.ended(run)).toMatchObject({ state: "failed", cells: 4 });
    expect(served.told("apart")).toMatchObject({ state: "fresh", rows: 1, problems: [] });
    expect(served.told("endless")).toMatchObject({ state: "failed", problems: [{ code: "kernel-lost" }] });
    expect(served.told("after")).toMatchObject({ state: "cancelled", problems: [] });
    expect(served.events.filter(isKernel)).toHaveLength(1);
  });

  it("is not tried a third time in one run", async () => {
    const apart = ENDLESS.replace("endless", "apart").replace("hash(a.i", "hash(1 + a.i");
    const oneByOne = { limits: { ...defaultLimits("."), threads: 1 } };
    const served = await serve(ENDLESS + apart, oneByOne);
    const run = await served.start();
    await served.running("endless");
    served.killKernel();
    await served.running("apart");
    served.killKernel();
    expect((await served.ended(run)).state).toBe("failed");
    for (const id of ["endless", "apart"]) expect(served.told(id)?.problems[0]?.code).toBe("kernel-lost");
    expect(served.supervisor.pids()).toEqual([]);
  });

  it("leaves nothing of what it was in the middle of", async () => {
    const served = await serve(SHORT + ENDLESS);
    const { spill, cache } = workspaceAt(served.root);
    const unfinished = async () => [
      ...(await readdir(spill)),
      ...(await readdir(cache)).filter((name) => name.startsWith("tmp-")),
    ];
    await served.start();
    await served.running("endless");
    await expect.poll(unfinished).not.toEqual([]);
    await served.supervisor.close();
    expect(await unfinished()).toEqual([]);
  });

  it("loses nothing that was only looked at: the next kernel answers it", async () => {
    const served = await serve(SHORT);
    const text = `---\nsegbook: 1\n---\n\n${SHORT}`;
    const asked = served.supervisor.plan({ path: PATH, text }, never);
    await expect.poll(() => served.supervisor.pids()).toHaveLength(1);
    const pid = served.killKernel();
    expect((await asked).cells).toMatchObject([{ id: "short" }]);
    expect(served.supervisor.pids()).not.toContain(pid);
    expect(served.events.filter(isKernel)).toHaveLength(1);
  });

  it("says so where the next kernel is ended too", async () => {
    const served = await serve(SHORT);
    const asked = expect(served.supervisor.plan({ path: PATH }, never)).rejects.toThrow("SIGKILL");
    await expect.poll(() => served.supervisor.pids()).toHaveLength(1);
    const first = served.killKernel();
    await expect.poll(() => served.supervisor.pids().filter((pid) => pid !== first)).toHaveLength(1);
    served.killKernel();
    await asked;
  });
});

describe("while a notebook runs", () => {
  it("its pages and plans are answered", async () => {
    const served = await serve(SHORT + ENDLESS);
    const run = await served.start();
    await served.running("endless");
    await served.fresh("short");
    const page = await served.supervisor.page(PATH, "short", QUERY, never);
    expect(isProblem(page) ? page.code : page.rows).toEqual([[42]]);
    expect((await served.supervisor.plan({ path: PATH }, never)).cells).toHaveLength(2);
    served.supervisor.cancel(run);
    await served.ended(run);
  });

  it("a page that nobody waits for any more ends neither the run nor the kernel", async () => {
    const served = await serve(NUMBERS + cell("cluster", "many", "of: numbers\ncolumns: [x, y]\nmethod: ward\nk: 3"));
    const run = await served.start();
    await served.running("many");
    const pids = served.supervisor.pids();
    const controller = new AbortController();
    const page = served.supervisor.page(PATH, "numbers", QUERY, controller.signal);
    controller.abort();
    await expect(page).rejects.toThrow("cancelled");
    expect((await served.ended(run)).state).toBe("done");
    expect(served.supervisor.pids()).toEqual(pids);
  });
});

describe("what a cell may take", () => {
  const limits = { threads: 2, memory: 512 * 1024 ** 2, temp: 2 * 1024 ** 3, rows: 1_000, seconds: 60 };
  const HEAVY = {
    rows: cell("sql", "heavy", "SELECT i FROM range(1001) t(i)"),
    seconds: ENDLESS.replace("endless", "heavy"),
    memory: cell("sql", "heavy", "SELECT list(repeat('x', 1000) || i) AS all FROM range(2000000) t(i)"),
    temp: cell("sql", "heavy", "SELECT hash(i)::VARCHAR || repeat('x', 50) AS x FROM range(20000000) t(i) ORDER BY x"),
  };

  it.each([
    ["rows", { ...limits }, "1,000 rows"],
    ["seconds", { ...limits, seconds: 1 }, "1 second"],
    ["memory", { ...limits }, "512 MB"],
    ["temp", { ...limits, rows: 100_000_000, memory: 128 * 1024 ** 2, temp: 20 * 1024 ** 2 }, "20 MB"],
  ] as const)(
    "is limited in %s: the cell says which limit and how to raise it, and the kernel goes on",
    async (limit, given, text) => {
      const served = await serve(HEAVY[limit] + SHORT, { limits: given });
      expect((await served.ended(await served.start())).state).toBe("failed");
      const [problem] = served.told("heavy")?.problems ?? [];
      expect(problem?.code).toBe(`limit-${limit}`);
      expect(problem?.message).toContain(text);
      expect(problem?.hint).toContain(`--${limit}`);
      expect(served.told("short")?.state).toBe("fresh");
      expect(served.events.filter(isKernel)).toEqual([]);
    },
  );

  it.each([
    [
      "time, in one step of the engine's that nothing interrupts",
      { ...limits, seconds: 1 },
      "SELECT levenshtein(repeat('ab', 30000 + i::INTEGER), repeat('ba', 30000)) AS n FROM range(9) t(i)",
      "limit-seconds",
    ],
    [
      "memory, in single values that the engine does not count",
      { ...limits, memory: 64 * 1024 ** 2 },
      "SELECT sum(length(repeat(repeat('x', 1000), 400000 + i))) AS n FROM range(2048) t(i)",
      "kernel-lost",
    ],
  ])("is limited in %s, and the next question is answered", async (_, given, heavy, code) => {
    const served = await serve(cell("sql", "heavy", heavy) + SHORT, { limits: given });
    expect((await served.ended(await served.start(["heavy"]))).state).toBe("failed");
    expect(served.told("heavy")?.problems[0]?.code).toBe(code);
    expect((await served.ended(await served.start(["short"]))).state).toBe("done");
  });

  it("is limited in JavaScript's memory, though that may cost the kernel", async () => {
    const loop = cell("transform", "heavy", 'of: short\nverbs:\n  - derive: {x: "d => op.sequence(0, 300000000)"}');
    const served = await serve(loop + SHORT, { limits });
    expect((await served.ended(await served.start())).state).toBe("failed");
    expect(served.told("heavy")?.problems[0]?.code).toMatch(/limit-memory|transform-verb|kernel-lost/);
    expect((await served.ended(await served.start(["short"]))).state).toBe("done");
  });
});

describe("kernels", () => {
  it("let the server and the page go first", async () => {
    const served = await serve(SHORT);
    await served.supervisor.plan({ path: PATH }, never);
    const [pid = 0] = served.supervisor.pids();
    expect(getPriority(pid) - getPriority()).toBe(5);
  });

  it.runIf(process.platform === "linux")("see nothing of the server's environment", async () => {
    const served = await serve(SHORT);
    await served.supervisor.plan({ path: PATH }, never);
    const environment = await readFile(`/proc/${served.supervisor.pids()[0]}/environ`, "utf8");
    const names = environment.split("\0").map((entry) => entry.split("=")[0] ?? "");
    expect(names.filter((name) => name !== "" && !name.startsWith("NODE_CHANNEL_")).sort()).toEqual([
      "TZ",
      "UV_THREADPOOL_SIZE",
    ]);
  });

  it("that nobody asks anything are ended when there are many, and come back when asked", async () => {
    const served = await serve(SHORT);
    const text = `---\nsegbook: 1\n---\n\n${SHORT}`;
    for (const name of ["a", "b", "c", "d", "e"])
      await served.supervisor.plan({ path: `notebooks/${name}.md`, text }, never);
    expect(served.supervisor.pids()).toHaveLength(4);
    expect((await served.supervisor.plan({ path: "notebooks/a.md", text }, never)).cells).toHaveLength(1);
  });

  it("that nobody asks anything for a while are put away, and come back without a word", async () => {
    const served = await serve(SHORT, { idle: 0.002 });
    await served.supervisor.plan({ path: PATH }, never);
    const [pid] = served.supervisor.pids();
    await expect.poll(() => served.supervisor.pids(), { timeout: 5_000 }).toEqual([]);
    expect((await served.supervisor.plan({ path: PATH }, never)).cells).toHaveLength(1);
    expect(served.supervisor.pids()).not.toContain(pid);
    expect(served.events).toEqual([]);
  });

  it("that work are so many and no more: what else is asked waits a while, then is told to come again", {
    timeout: 20_000,
  }, async () => {
    // It waits for seconds, which one thread of the endless cell fills as well as all.
    const served = await serve(ENDLESS, { kernels: 1, limits: { ...defaultLimits("."), threads: 1 } });
    const run = await served.start();
    await served.running("endless");
    const text = `---\nsegbook: 1\n---\n\n${SHORT}`;
    const other = { path: "notebooks/other.md", text };
    await expect(served.supervisor.plan(other, never)).rejects.toBeInstanceOf(KernelsBusy);
    expect((await served.supervisor.plan({ path: PATH }, never)).cells).toHaveLength(1);
    const later = served.supervisor.plan(other, never);
    served.supervisor.cancel(run);
    expect((await later).cells).toHaveLength(1);
  });
});
