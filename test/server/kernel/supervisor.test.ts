import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { StreamEvent } from "../../../server/run/view.ts";
import { cell } from "../run/notebook-runs.ts";
import { PATH, QUERY, serve } from "./served.ts";

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
          `of: short\nverbs:\n  - derive: {x: "d => op.pad('a', 500000000, 'b') + op.pad('a', 500000000, 'c')"}`,
        ),
      "loop",
    ],
  ])("ends though it is in the middle of %s, and the next run goes well", async (_, cells, id) => {
    const served = await serve(cells + SHORT.replace("short", "last"));
    const run = await served.start();
    await served.running(id);
    expect(served.supervisor.cancel(run)).toBe(true);
    expect((await served.ended(run)).state).toBe("cancelled");
    const next = await served.start(["last"]);
    expect((await served.ended(next)).state).toBe("done");
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
});

describe("a kernel that is ended from outside", () => {
  it("fails the run, keeps what was computed, says what happened, and the next question starts another", async () => {
    const served = await serve(SHORT + ENDLESS);
    const run = await served.start();
    await served.running("endless");
    const pid = served.killKernel();
    expect((await served.ended(run)).state).toBe("failed");
    expect((await served.event(isKernel)).message).toContain("SIGKILL");
    expect(served.supervisor.pids()).toEqual([]);
    const page = await served.supervisor.page(PATH, "short", QUERY, never);
    expect(isProblem(page) ? page.code : page.rows).toEqual([[42]]);
    expect(served.supervisor.pids()).not.toContain(pid);
  });

  it("fails what was asked of it, and nothing else", async () => {
    const served = await serve(SHORT);
    const text = `---\nsegbook: 1\n---\n\n${SHORT}`;
    const asked = served.supervisor.plan({ path: PATH, text }, never);
    served.killKernel();
    await expect(asked).rejects.toThrow("SIGKILL");
    expect((await served.supervisor.plan({ path: PATH }, never)).cells).toMatchObject([{ id: "short" }]);
  });
});

describe("while a notebook runs", () => {
  it("its pages and plans are answered", async () => {
    const served = await serve(SHORT + ENDLESS);
    const run = await served.start();
    await served.running("endless");
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

describe("kernels", () => {
  it("that nobody asks anything are ended when there are many, and come back when asked", async () => {
    const served = await serve(SHORT);
    const text = `---\nsegbook: 1\n---\n\n${SHORT}`;
    for (const name of ["a", "b", "c", "d", "e"])
      await served.supervisor.plan({ path: `notebooks/${name}.md`, text }, never);
    expect(served.supervisor.pids()).toHaveLength(4);
    expect((await served.supervisor.plan({ path: "notebooks/a.md", text }, never)).cells).toHaveLength(1);
  });
});
