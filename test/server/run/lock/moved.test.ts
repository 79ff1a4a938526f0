import { describe, expect, it } from "vitest";
import { compareWithLock, type Verdict } from "../../../../server/run/lock/compare.ts";
import type { Lock, MadeLock } from "../../../../server/run/lock/model.ts";
import { cell, type NotebookRuns, ORDERS, openRuns, orders, withHead } from "../notebook-runs.ts";

const INPUT = cell("input", "least", "type: number\ndefault: 8");
const BIG = cell("sql", "big", "SELECT customer_id, amount::DOUBLE AS amount FROM orders WHERE amount > $least");
const RECENT = cell("features", "recent", "columns:\n  n: count of placed order in last 31 days");
const WHO = cell("segments", "who", "of: recent\nsegments:\n  Some: n >= 1");
const TEXT = orders() + INPUT + BIG + RECENT + WHO;

async function made(
  runs: NotebookRuns,
  text = TEXT,
  options: Parameters<NotebookRuns["run"]>[1] = {},
): Promise<MadeLock> {
  const { result } = await runs.run(text, { noCache: true, lock: true, ...options });
  if (result.lock === null) throw new Error("no lock");
  return result.lock;
}

function compared(before: Lock, today: MadeLock): Verdict[] {
  return compareWithLock({ before, today, failed: {} });
}

/** Cell → what moved and why, of those that are different. */
function moved(verdicts: readonly Verdict[]): Record<string, [readonly string[], readonly string[]]> {
  const different = verdicts.filter(({ verdict }) => verdict === "different");
  return Object.fromEntries(different.map((one) => [one.cell, [one.moved, one.reasons]]));
}

describe("a run held against a lock", () => {
  it("is the same where nothing moved, whatever was in the cache", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs);
    expect(Object.keys(lock.cells)).toEqual(["orders", "big", "recent", "who"]);
    const again = await made(runs, TEXT, { noCache: false });
    expect(again.lock).toEqual(lock);
    expect(compared(lock, again).map(({ verdict }) => verdict)).toEqual(["same", "same", "same", "same"]);
  });

  it("tells a changed file, and whom its rows reach", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs);
    await runs.put("orders.csv", ORDERS.replace("2,20,", "2,21,"));
    const verdicts = compared(lock, await made(runs));
    expect(moved(verdicts)).toEqual({
      orders: [["data"], ["`orders.csv` changed."]],
      big: [["data"], ["`orders`, which it reads, is different."]],
    });
    const big = verdicts.find((verdict) => verdict.cell === "big");
    expect(big?.differences).toEqual([
      { relation: "big", column: "amount", what: expect.stringMatching(/^has 21 as its greatest value, had 20$/) },
    ]);
    // It counts orders, and there are as many as before.
    expect(verdicts.find((verdict) => verdict.cell === "recent")).toMatchObject({ verdict: "same", moved: ["data"] });
  });

  it("tells files that are new or gone by their names", async () => {
    const text = orders("orders", "part/*.csv");
    const runs = await openRuns({ "part/1.csv": ORDERS });
    const { lock } = await made(runs, text);
    await runs.put("part/2.csv", ORDERS);
    const both = await made(runs, text);
    expect(moved(compared(lock, both))).toEqual({ orders: [["data"], ["`part/2.csv` is new."]] });
    expect(moved(compared(both.lock, { ...both, lock }))).toEqual({ orders: [["data"], ["`part/2.csv` is gone."]] });
  });

  it("tells a changed text, and not its spacing", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs);
    const spaced = TEXT.replace("SELECT customer_id", "select  -- only the key\n customer_id");
    expect(compared(lock, await made(runs, spaced)).every(({ moved }) => moved.length === 0)).toBe(true);
    const other = await made(runs, TEXT.replace("n >= 1", "n >= 2"));
    expect(moved(compared(lock, other))).toEqual({ who: [["definition"], ["The cell's text changed."]] });
  });

  it("tells the text of a cell whose input is of another type, not a condition that is only written otherwise", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const text = (type: string, where: string) =>
      orders().replace("event:", `where: |-\n  ${where}\nevent:`) +
      cell("input", "day", `type: ${type}\ndefault: '2026-10-01'`) +
      cell("sql", "q", "SELECT typeof($day) AS type");
    const { lock } = await made(runs, text("date", "amount > 5"));
    expect(moved(compared(lock, await made(runs, text("text", "amount>5 -- dear ones"))))).toEqual({
      q: [["definition"], ["The cell's text changed."]],
    });
  });

  it("tells an input that failed once", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs);
    const { result } = await runs.run(TEXT.replace("default: 8", "default: 7\nmin: 9"), { noCache: true, lock: true });
    if (result.lock === null) throw new Error("no lock");
    const failed = { least: { kind: "input", state: "failed" }, big: { kind: "sql", state: "was kept from running" } };
    const told = compareWithLock({ before: lock, today: result.lock, failed }).map(({ cell }) => cell);
    expect(told.filter((id) => id === "least")).toHaveLength(1);
  });

  it("tells the head's keys and the moment", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs);
    const later = await made(runs, withHead(TEXT).replace("as_of: 2026-10-31", "as_of: 2026-12-31"));
    expect(moved(compared(lock, later))).toEqual({
      recent: [["definition"], ["`as_of` was 2026-11-01T00:00:00+00:00."]],
      who: [["definition"], ["`recent`, which it reads, is different."]],
    });
    const excluded = await made(runs, withHead(TEXT).replace("segbook: 1", "segbook: 1\nexclude: n >= 0"));
    expect(moved(compared(lock, excluded))).toEqual({ who: [["definition"], ["The head's `exclude` was not set."]] });
  });

  it("tells the versions of the engine and of Segbook", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const today = await made(runs);
    const older = structuredClone(today.lock);
    const relation = older.cells.who?.relations.who;
    if (relation === undefined) throw new Error("who is not locked");
    const before = { ...older, engine: "1.5.5", segbook: "0.0.9" };
    expect(moved(compared(before, today))).toEqual({});
    relation.rows += 1;
    const reasons = [`Engine ${today.lock.engine} was 1.5.5.`, `Segbook ${today.lock.segbook} was 0.0.9.`];
    expect(moved(compared(before, today))).toEqual({ who: [["engine"], reasons] });
  });

  it("says of a result that differs though nothing moved that it is not reproducible, and where", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const today = await made(runs);
    const before = structuredClone(today.lock);
    const column = before.cells.recent?.relations.recent?.columns.n;
    if (column === undefined || !("hash" in column)) throw new Error("n is not locked");
    column.hash = "0000000000000000";
    const found = compared(before, today).find(({ cell }) => cell === "recent");
    expect(found).toMatchObject({
      ...{ verdict: "different", moved: [], reasons: [expect.stringContaining("not reproducible")] },
      differences: [{ relation: "recent", column: "n" }],
    });
  });

  it("takes a cell or an input that is new or gone for a difference", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const all = await made(runs);
    const fewer = await made(runs, orders() + RECENT);
    expect(moved(compared(all.lock, fewer))).toEqual({
      least: [["definition"], ["It is in the lock and no longer in the notebook."]],
      big: [["definition"], ["It is in the lock and no longer in the notebook."]],
      who: [["definition"], ["It is in the lock and no longer in the notebook."]],
    });
    const more = moved(compared(fewer.lock, all));
    expect(Object.entries(more).map(([id, [, [reason]]]) => [id, reason])).toEqual([
      ["least", "It is not in the lock."],
      ["big", "It is not in the lock."],
      ["who", "It is not in the lock."],
    ]);
  });

  it("does not hold an audit's difference against those who read the rows", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const today = await made(runs);
    const before = structuredClone(today.lock);
    const audit = before.cells.orders?.relations.orders_audit;
    if (audit !== undefined) audit.rows += 1;
    const verdicts = compared(before, today);
    expect(verdicts.find(({ cell }) => cell === "big")).toMatchObject({ verdict: "same", reasons: [] });
  });
});

describe("the lock of a run", () => {
  it("has each file with its bytes, rows and columns, and `now` only where it was used", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs);
    expect(lock.sources).toEqual({
      orders: {
        "orders.csv": {
          bytes: ORDERS.length,
          columns: ["customer_id", "amount", "ordered_at"],
          rows: 3,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    });
    expect(lock.as_of).toEqual({ given: null, moment: "2026-11-01T00:00:00+00:00", now: null });
    const now = Date.UTC(2026, 10, 5);
    const head = withHead(TEXT).replace("as_of: 2026-10-31", "as_of: now");
    const moving = await made(runs, head, { now });
    expect(moving.lock.as_of.now).toBe("2026-11-05T00:00:00.000Z");
    expect((await made(runs, head, { now })).lock).toEqual(moving.lock);
  });

  it("leaves out what somebody looked at and the notebook does not need", async () => {
    const text =
      orders() +
      cell("features", "f", "columns:\n  n: count of placed order\n  s: sum of amount of placed order") +
      cell("cluster", "c", "of: f\ncolumns: [n, s]\nk: 2");
    const runs = await openRuns({ "orders.csv": ORDERS });
    const { lock } = await made(runs, text);
    await runs.run(text, { cells: ["c_validity"] });
    expect((await made(runs, text, { noCache: false })).lock).toEqual(lock);
    expect(Object.keys(lock.cells.c?.relations ?? {})).toEqual([
      "c",
      "c_profile",
      "c_merges",
      "c_centres",
      "c_map",
      "c_components",
      "c_scaling",
    ]);
  });
});
