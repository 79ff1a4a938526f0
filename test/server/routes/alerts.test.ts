import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Supervisor } from "../../../server/kernel/supervisor.ts";
import type { AlertsView, AlertView, AuditView, MonitorLine } from "../../../server/run/alerts/view.ts";
import type { PlanView, StreamEvent } from "../../../server/run/view.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { AlertBook } from "../../../server/store/alert-book.ts";
import { counts, watching } from "../commands/monitored.ts";
import { type App, appFor, call, codeOf, workspaceFolder } from "./workspace-folder.ts";

const PATH = "notebooks/a.md";

describe("alerts by the API", () => {
  let app: App;
  let kernels: Supervisor;
  let alerts: AlertBook;
  const events: StreamEvent[] = [];
  let root: string;
  beforeAll(() => {
    root = workspaceFolder({ [PATH]: watching(), "data/counts.csv": counts(90) });
    const workspace = workspaceAt(root);
    alerts = new AlertBook(workspace);
    const read = async (path: string) => readFileSync(join(root, path), "utf8");
    kernels = new Supervisor(workspace, read, undefined, alerts);
    kernels.subscribe((event) => events.push(event));
    app = appFor(root, { kernels, alerts });
  });
  afterAll(async () => {
    await kernels.close();
    alerts.close();
  });
  const view = async () => (await (await call(app, "GET", `/api/alerts?path=${PATH}`)).json()) as AlertsView;
  const post = (path: string, json: object) => call(app, "POST", path, { json });
  const stateOf = async () => {
    const plan = (await (await post("/api/plan", { path: PATH })).json()) as PlanView;
    const cell = plan.cells.find(({ id }) => id === "watch");
    return [cell?.state, cell?.reason];
  };

  test("are none before anything was recorded", async () => {
    expect(await view()).toEqual({
      ...{ alerts: [], incidents: [], annotations: [], recorded: [], undoable: null, gone: [] },
      list: { share: 0.1, of: 0, series: [] },
    });
  });

  test("open when monitors are brought up to date, which is told line by line and as a run", async () => {
    const reply = await post("/api/monitor", {});
    const lines = (await reply.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as MonitorLine);
    expect(lines.map((line) => (line.type === "progress" ? line.news.what : line.type))).toEqual([
      "notebook",
      "changes",
      "done",
    ]);
    expect(lines.at(-1)).toEqual({ type: "done", notebooks: 1, failed: 0 });
    const ended = events.find((event) => event.type === "run" && event.state === "done");
    expect(ended).toMatchObject({ alerts: [{ what: "opened", alert: { cell: "watch" } }] });
    expect((await view()).alerts).toMatchObject([{ state: "settling", finding: { segment: "VIP" } }]);
    expect(await codeOf(await post("/api/monitor", { paths: ["notebooks/none.md"] }))).toBe("notebook-missing");
  });

  test("are acknowledged, and an accepted level makes that monitor stale and its next run quiet, until it is taken back", async () => {
    const [alert] = (await view()).alerts;
    const action = { do: "acknowledge", reason: "new_baseline", note: "new template" };
    const acted = (await (await post(`/api/alerts/${alert?.id}`, action)).json()) as AlertView;
    expect(acted).toMatchObject({ state: "acknowledged", decision: { note: "new template" } });
    expect(await stateOf()).toEqual(["stale", expect.stringContaining("where its evidence starts anew is elsewhere")]);
    expect(await (await post("/api/monitor", { paths: [PATH] })).text()).toContain('"what":"closed"');
    expect((await view()).alerts).toMatchObject([{ state: "closed", closed: { why: "new_baseline" } }]);
    expect((await view()).undoable).toMatchObject({ id: 2, act: "acknowledge" });
    expect(await (await post("/api/alerts/undo", {})).json()).toEqual({ entry: 4 });
    expect(await stateOf()).toEqual(["fresh", null]);
    expect(await codeOf(await post("/api/alerts/undo", {}))).toBe("undo-nothing");
  });

  test("are annotated; the audit log tells it page by page", async () => {
    const scope = { notebook: null, cell: null, segment: null, metric: null };
    const annotation = { scope, from: "2025-03-01", to: null, text: "bot filter on", rebaseline: false };
    // What is left out of an annotation is none, and of its scope all.
    const short = { from: annotation.from, text: annotation.text };
    const added = await (await post("/api/annotations", { do: "add", annotation: short })).json();
    expect(added).toMatchObject({ annotations: [annotation] });
    const page = (await (await call(app, "GET", "/api/audit?limit=3")).json()) as AuditView;
    expect(page.entries.map(({ id, act }) => [id, act])).toEqual([
      [5, "annotate"],
      [4, "undo"],
      [3, "record"],
    ]);
    const rest = (await (await call(app, "GET", `/api/audit?before=${page.next}`)).json()) as AuditView;
    expect([rest.entries.map(({ act }) => act), rest.next]).toEqual([["acknowledge", "record"], null]);
  });

  test("are annotated for a notebook, monitor and metric that there is alone; a segment may come yet", async () => {
    const asked = async (scope: object) => {
      const reply = await post("/api/annotations", { do: "add", annotation: { scope, from: "2025-03-01", text: "x" } });
      if (reply.status === 200) return "added";
      const { problem } = (await reply.json()) as { problem: { code: string; hint: string } };
      return `${problem.code}: ${problem.hint}`;
    };
    expect(await asked({ notebook: "notebooks/b.md" })).toBe("annotation-scope: Did you mean `notebooks/a.md`?");
    expect(await asked({ notebook: PATH, cell: "watches" })).toBe("annotation-scope: Did you mean `watch`?");
    expect(await asked({ cell: "counts" })).toMatch(/^annotation-scope: Its monitors are watch/);
    expect(await asked({ metric: "clickrate" })).toMatch(/^annotation-scope: Did you mean `click_rate`/);
    expect(await asked({ notebook: PATH, cell: "watch", segment: "Not yet", metric: "click_rate" })).toBe("added");
  });

  test("of a monitor that is gone are told, closed by hand, which is in the audit log, and taken back", async () => {
    const [alert] = (await view()).alerts;
    const act = (action: string) => post(`/api/alerts/${alert?.id}`, { do: action });
    await (await post("/api/monitor", { paths: [PATH] })).text();
    const before = await view();
    expect(before.alerts[0]?.state).not.toBe("closed");
    expect([before.gone, await codeOf(await act("close"))]).toEqual([[], "monitor-there"]);
    renameSync(join(root, PATH), join(root, "notebooks/other.md"));
    expect((await view()).gone).toEqual([{ notebook: PATH, cell: "watch" }]);
    expect(await (await act("close")).json()).toMatchObject({ state: "closed", decision: { kind: "ended" } });
    expect((await view()).gone).toEqual([]);
    const { entries } = (await (await call(app, "GET", "/api/audit?limit=1")).json()) as AuditView;
    expect(entries).toMatchObject([{ act: "close", text: "Closed VIP · click rate, whose monitor is gone" }]);
    expect(await codeOf(await act("close"))).toBe("alert-closed");
    await post("/api/alerts/undo", {});
    expect((await view()).gone).toEqual([{ notebook: PATH, cell: "watch" }]);
    // The next record knows it again, and back.
    await (await post("/api/monitor", { paths: ["notebooks/other.md"] })).text();
    const all = (await (await call(app, "GET", "/api/alerts")).json()) as AlertsView;
    expect(all.alerts.map(({ id, notebook }) => [id, notebook])).toEqual([[alert?.id, "notebooks/other.md"]]);
    expect(all.list).toMatchObject({ of: 3, series: [{ notebook: "notebooks/other.md", segment: "VIP" }] });
    expect((await view()).list).toEqual({ share: 0.1, of: 3, series: [] });
    renameSync(join(root, "notebooks/other.md"), join(root, PATH));
    await (await post("/api/monitor", { paths: [PATH] })).text();
    expect((await view()).alerts.map(({ id }) => id)).toEqual([alert?.id]);
    expect((await view()).gone).toEqual([]);
  });

  test("refuse what is no action with 400, and what is not there with 404", async () => {
    const statuses = async (...calls: readonly [string, object][]) =>
      Promise.all(calls.map(async ([path, json]) => (await post(path, json)).status));
    expect(
      await statuses(
        ["/api/alerts/x", { do: "delete" }],
        ["/api/alerts/x", { do: "snooze", until: "soon" }],
        ["/api/annotations", { do: "add", annotation: { text: "x" } }],
        ["/api/alerts/undo", { entry: "last" }],
        ["/api/alerts/x", { do: "reopen" }],
        ["/api/alerts/undo", { entry: 99 }],
      ),
    ).toEqual([400, 400, 400, 400, 404, 404]);
  });
});
