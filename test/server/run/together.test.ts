import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../../server/run/limits.ts";
import { Session } from "../../../server/run/session.ts";
import type { CellView } from "../../../server/run/view.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders } from "./notebook-runs.ts";

/** Takes some tenths of a second. */
const slow = (id: string, more = "") => cell("sql", id, `SELECT sum(hash(range) % 7) AS n FROM range(30000000)${more}`);

/** A session of its own, with cores given. */
function withThreads(runs: NotebookRuns, threads: number): Session {
  const session = new Session(runs.workspace, { ...defaultLimits(runs.workspace.root), threads });
  runs.sessions.push(session);
  return session;
}

function story(): { told: string[]; onCell: (view: CellView) => void } {
  const told: string[] = [];
  return { told, onCell: ({ id, state }) => told.at(-1) !== `${id} ${state}` && told.push(`${id} ${state}`) };
}

describe("cells that need nothing of one another", () => {
  it("run at once where there are cores for it, and one after another where there is one", async () => {
    for (const threads of [2, 1]) {
      const runs = await openRuns();
      const { told, onCell } = story();
      await runs.run(
        slow("a", " WHERE range > 1") + slow("b", " WHERE range > 2"),
        { onCell },
        withThreads(runs, threads),
      );
      const isSideBySide = told.indexOf("b running") < told.indexOf("a fresh");
      expect([threads, isSideBySide]).toEqual([threads, threads === 2]);
    }
  });

  it("give the same, in the same order, as one after another", async () => {
    const text = [0, 1, 2, 3, 4, 5].map((index) =>
      cell("sql", `c${index}`, `SELECT customer_id + ${index} AS a FROM orders ORDER BY 1`),
    );
    const joined = cell(
      "sql",
      "joined",
      `SELECT * FROM ${[0, 1, 2, 3, 4, 5].map((index) => `(SELECT sum(a) AS a${index} FROM c${index})`).join(", ")}`,
    );
    const notebook = orders() + joined + text.join("");
    const results = [];
    for (const threads of [1, 4]) {
      const runs = await openRuns({ "orders.csv": ORDERS });
      const ran = await runs.run(notebook, {}, withThreads(runs, threads));
      expect(ran.story).toEqual(["orders", "c0", "c1", "c2", "c3", "c4", "c5", "joined"].map((id) => `${id} computed`));
      results.push(await runs.rows(notebook, "joined"));
    }
    expect(results[0]).toEqual([[6, 9, 12, 15, 18, 21]]);
    expect(results[1]).toEqual(results[0]);
  });

  it("tell when in the run they were computed, and the plan tells it of the last run", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const notebook = orders() + cell("sql", "s", "FROM orders");
    const ran = await runs.run(notebook);
    const [first, second] = [ran.cell("orders").span, ran.cell("s").span];
    expect(first?.from).toBeGreaterThanOrEqual(0);
    expect(second?.from).toBeGreaterThanOrEqual(first?.to ?? Number.NaN);
    expect((await runs.plan(notebook)).cell("s").span).toEqual(second);
    expect((await runs.run(notebook)).cell("s").span).toBeNull();
    expect((await runs.plan(notebook)).cell("s").span).toBeNull();
  });
});

describe("the cell that is wanted first", () => {
  it("goes before the others, with what it needs", async () => {
    const runs = await openRuns();
    const { told, onCell } = story();
    const one = (id: string, from = "") => cell("sql", id, `SELECT 1 AS ${id}${from}`);
    const notebook = one("a") + one("b") + one("c", " FROM d") + one("d");
    await runs.run(notebook, { onCell, first: "c" }, withThreads(runs, 1));
    expect(told.filter((line) => line.endsWith("running"))).toEqual([
      "d running",
      "c running",
      "a running",
      "b running",
    ]);
  });
});

describe("one cell that is cancelled", () => {
  it("ends, its readers are blocked, and the others go on", async () => {
    const runs = await openRuns();
    const endless = cell(
      "sql",
      "endless",
      "SELECT sum(a.range * b.range) AS n FROM range(1000000) AS a, range(1000000) AS b",
    );
    const notebook = endless + cell("sql", "reader", "FROM endless") + cell("sql", "other", "SELECT 1 AS a");
    const onCell = ({ id, state }: CellView) => {
      if (id === "endless" && state === "running") runs.session.cancelCell({ run: "this", cell: "endless" });
    };
    const ran = await runs.run(notebook, { onCell, run: "this" });
    expect(ran.story).toEqual(["endless cancelled", "reader blocked", "other computed"]);
    expect(ran.cell("reader").reason).toBe("`endless` was cancelled.");
    expect(ran.result.state).toBe("cancelled");
    expect(runs.session.cancelCell({ run: "this", cell: "endless" })).toBe(false);
    expect(await runs.cached("tmp-")).toEqual([]);
  });

  it("ends before it has begun", async () => {
    const runs = await openRuns();
    const notebook = cell("sql", "a", "SELECT 1 AS a") + cell("sql", "b", "FROM a");
    const onCell = ({ id, state }: CellView) => {
      if (id === "b" && state === "waiting") runs.session.cancelCell({ run: "this", cell: "b" });
    };
    expect((await runs.run(notebook, { onCell, run: "this" })).story).toEqual(["a computed", "b cancelled"]);
  });
});

describe("a page of a relation", () => {
  it("is refused where it is to be sorted by a column that is not there", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    await runs.run(orders());
    expect(await runs.rows(orders(), "orders", { sort: "amont" })).toBe("unknown-column");
    expect(await runs.rows(orders(), "orders", { sort: "amount" })).toHaveLength(3);
  });
});
