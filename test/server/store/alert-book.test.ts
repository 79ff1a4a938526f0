import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Annotation, Report } from "../../../server/monitor/life/model.ts";
import { periodWords } from "../../../server/monitor/period.ts";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import type { Problem } from "../../../server/notebook/model.ts";
import type { AnnotationText } from "../../../server/run/alerts/view.ts";
import { writtenMark } from "../../../server/run/alerts/written.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { AlertBook } from "../../../server/store/alert-book.ts";
import { dayOf } from "../../bench/monitor/simulate.ts";
import { report, row } from "../monitor/alert-rows.ts";

const PATH = "notebooks/a.md";
let root: string;
let book: AlertBook;
let now: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "segbook-alerts-"));
  now = Date.parse(dayOf(106));
  book = new AlertBook(workspaceAt(root), () => now);
  onTestFinished(() => {
    book.close();
    rmSync(root, { recursive: true, force: true });
  });
});

function recorded(...reports: Report[]) {
  const { changes, problems } = book.record({ notebook: PATH, cells: ["watch"], reports });
  return [...changes.map(({ what }) => what), ...problems.map(({ code }) => code)];
}

function given<T>(found: T | Problem): T {
  if (typeof found === "object" && found !== null && isProblem(found)) throw new Error(found.message);
  return found as T;
}

function codeOf(found: unknown): string {
  return typeof found === "object" && found !== null && isProblem(found) ? found.code : "done";
}

const view = () => given(book.view({}));
const states = () => view().alerts.map(({ state }) => state);
const open = () => view().alerts[0]?.id ?? "";

const NOTE: AnnotationText = {
  scope: { notebook: null, cell: null, segment: "VIP", metric: null },
  ...{ from: dayOf(100), to: null, text: "new sender domain", rebaseline: true },
};

describe("what runs find", () => {
  it("is recorded once, and not twice by the same", () => {
    expect(recorded(report(106, [row(100)]))).toEqual(["opened"]);
    expect(recorded(report(106, [row(100)]))).toEqual([]);
    expect(view()).toMatchObject({ recorded: [{ notebook: PATH, cell: "watch", asOf: now, at: now }] });
    expect(given(book.audit({})).entries.map(({ act, text }) => [act, text])).toEqual([
      ["record", `Brought ${PATH} up to date: 1 opened`],
    ]);
  });

  it("is a finding where cohorts that were judged count otherwise now, unless the monitor is written otherwise", () => {
    const judged = (x: number) => [
      {
        segment: "VIP",
        metric: "click_rate",
        cohorts: [
          [dayOf(1), 100, x],
          [dayOf(2), 100, 7],
        ] as const,
      },
    ];
    const of = (x: number, definition = "a") => report(106, [], { judged: judged(x), definition });
    expect(recorded(of(5))).toEqual([]);
    expect(recorded(of(5))).toEqual([]);
    const { problems } = book.record({ notebook: PATH, cells: ["watch"], reports: [of(6)] });
    expect(problems).toMatchObject([{ code: "cohort-revised", severity: "warning", cell: "watch" }]);
    expect(problems[0]?.message).toContain(
      `VIP, click rate, ${periodWords(dayOf(1), "day")}: was judged with 5 of 100, and is now 6 of 100.`,
    );
    // It is told once: what is recorded is what it is now.
    expect(recorded(of(6))).toEqual([]);
    expect(recorded(of(9, "b"))).toEqual([]);
  });

  it("is refused where it comes late, from before the last", () => {
    recorded(report(106, [row(100)]));
    expect(recorded(report(105, []))).toEqual(["monitor-earlier"]);
    expect(states()).toEqual(["settling"]);
  });

  it("is refused where an annotation was made while it was computed", () => {
    recorded(report(106, [row(100)]));
    given(book.annotate({ do: "add", annotation: NOTE }));
    expect(recorded(report(107, []))).toEqual(["monitor-overtaken"]);
    const rebaselines = given(book.rebaselines(PATH));
    expect(rebaselines).toEqual([{ cell: null, segment: "VIP", metric: null, period: dayOf(100) }]);
    expect(recorded(report(107, [], { rebaselines }))).toEqual(["closed"]);
    expect(view().alerts[0]?.closed?.why).toBe("new_baseline");
  });

  it("of a monitor that is not in its notebook any more is closed", () => {
    recorded(report(106, [row(100)]));
    const { changes } = book.record({ notebook: PATH, cells: [], reports: [] });
    expect(changes.map(({ what }) => what)).toEqual(["closed"]);
    expect(view().recorded).toEqual([]);
  });

  it("makes no state where no notebook has a monitor", () => {
    book.record({ notebook: PATH, cells: [], reports: [] });
    expect(existsSync(join(root, ".segbook"))).toBe(false);
  });

  it("is seen at once by another process, whose acts are seen here", () => {
    const other = new AlertBook(workspaceAt(root), () => now);
    recorded(report(106, [row(100)]));
    expect(codeOf(other.act(open(), { do: "acknowledge", reason: "known_cause" }))).toBe("done");
    expect(states()).toEqual(["acknowledged"]);
    other.close();
  });
});

describe("what a person does", () => {
  beforeEach(() => {
    recorded(report(106, [row(100)]));
  });

  it("is in the alert's history and in the audit log, with what was before and after", () => {
    given(book.act(open(), { do: "acknowledge", reason: "known_cause", note: "price rise" }));
    given(book.act(open(), { do: "snooze", until: dayOf(120) }));
    expect(states()).toEqual(["snoozed"]);
    const [alert] = view().alerts;
    expect(alert?.history.map(({ what }) => what)).toEqual(["opened", "acknowledged", "snoozed"]);
    const [second, first] = given(book.audit({})).entries;
    expect(first).toMatchObject({ who: "local", act: "acknowledge", before: null, after: { note: "price rise" } });
    expect(first?.text).toBe("Acknowledged VIP · click rate as a known cause: price rise");
    expect(second).toMatchObject({ act: "snooze", before: first?.after, after: { until: dayOf(120) } });
    now = Date.parse(dayOf(120));
    expect(states()).toEqual(["settling"]);
  });

  it("can be taken back, the last first, and that again", () => {
    given(book.act(open(), { do: "acknowledge", reason: "false_alarm" }));
    given(book.act(open(), { do: "snooze", until: dayOf(120) }));
    expect(codeOf(book.undo({ entry: 2 }))).toBe("undo-overtaken");
    expect([given(book.undo({})), states()]).toEqual([4, ["acknowledged"]]);
    expect([given(book.undo({})), states()]).toEqual([5, ["settling"]]);
    expect(codeOf(book.undo({}))).toBe("undo-nothing");
    expect(codeOf(book.undo({ entry: 2 }))).toBe("undo-twice");
    // What was taken back last stands again, and can be taken back once more.
    expect([given(book.undo({ entry: 5 })), states()]).toEqual([6, ["acknowledged"]]);
    expect([given(book.undo({})), states()]).toEqual([7, ["settling"]]);
    expect([codeOf(book.undo({ entry: 1 })), codeOf(book.undo({ entry: 99 }))]).toEqual([
      "undo-recorded",
      "undo-missing",
    ]);
  });

  it("can't be taken back once the alert has outgrown it", () => {
    given(book.act(open(), { do: "acknowledge", reason: "false_alarm" }));
    expect(recorded(report(110, [row(100, { tier: "confirmed", confirmed_at: dayOf(109) })]))).toEqual(["raised"]);
    expect(states()).toEqual(["settling"]);
    expect(codeOf(book.undo({}))).toBe("undo-overtaken");
  });

  it("makes a level the new baseline for the next run, until it is taken back", () => {
    given(book.act(open(), { do: "acknowledge", reason: "new_baseline" }));
    const own = { cell: "watch", segment: "VIP", metric: "click_rate", period: dayOf(102) };
    expect(given(book.rebaselines(PATH))).toEqual([own]);
    expect(given(book.rebaselines("notebooks/b.md"))).toEqual([]);
    expect(recorded(report(107, [], { rebaselines: [own] }))).toEqual(["closed"]);
    expect(given(book.rebaselines(PATH))).toEqual([own]);
    given(book.undo({}));
    expect(given(book.rebaselines(PATH))).toEqual([]);
    expect(recorded(report(108, [row(100)]))).toEqual(["reopened"]);
  });

  it("is refused of alerts that are closed, of days that are past, and of what is not there", () => {
    expect(codeOf(book.act(open(), { do: "reopen" }))).toBe("alert-undecided");
    expect(codeOf(book.act(open(), { do: "snooze", until: dayOf(106) }))).toBe("snooze-past");
    expect(codeOf(book.act("none", { do: "reopen" }))).toBe("alert-missing");
    recorded(report(107, []));
    expect(codeOf(book.act(open(), { do: "acknowledge", reason: "false_alarm" }))).toBe("alert-closed");
    expect(given(book.audit({})).entries.map(({ act }) => act)).toEqual(["record", "record"]);
  });
});

describe("annotations", () => {
  const texts = () => view().annotations.map(({ text }) => text);

  it("are added, changed and removed, each of which can be taken back", () => {
    const [added] = given(book.annotate({ do: "add", annotation: NOTE })) as [Annotation];
    given(book.annotate({ do: "change", id: added.id, annotation: { ...NOTE, text: "bot filter on" } }));
    given(book.annotate({ do: "remove", id: added.id }));
    expect(texts()).toEqual([]);
    given(book.undo({}));
    expect(texts()).toEqual(["bot filter on"]);
    given(book.undo({}));
    expect(view().annotations).toEqual([added]);
    given(book.undo({}));
    expect([texts(), codeOf(book.undo({}))]).toEqual([[], "undo-nothing"]);
    expect(codeOf(book.annotate({ do: "remove", id: added.id }))).toBe("annotation-missing");
    expect(codeOf(book.annotate({ do: "add", annotation: { ...NOTE, to: dayOf(99) } }))).toBe("annotation-period");
  });

  it("begin and end on days that there are, but for those of a named cell, which may watch sends", () => {
    const scope = { notebook: PATH, cell: null, segment: null, metric: null };
    const added = (from: string, cell: string | null) =>
      book.annotate({ do: "add", annotation: { ...NOTE, scope: { ...scope, cell }, from, to: null } });
    for (const from of ["2026-13-09", "2026-02-31", "s-17"])
      expect(codeOf(added(from, null))).toBe("annotation-period");
    expect(given(added("s-17", "watch"))).toMatchObject([{ from: "s-17" }]);
  });

  it("start evidence anew where they begin, and after they end, for those in their scope alone", () => {
    const scope = { notebook: PATH, cell: "watch", segment: null, metric: "click_rate" };
    given(book.annotate({ do: "add", annotation: { ...NOTE, scope, to: dayOf(103) } }));
    given(book.annotate({ do: "add", annotation: { ...NOTE, rebaseline: false } }));
    const both = [dayOf(100), dayOf(104)].map((period) => ({
      cell: "watch",
      segment: null,
      metric: "click_rate",
      period,
    }));
    expect(given(book.rebaselines(PATH))).toEqual(both);
    expect(given(book.rebaselines("notebooks/b.md"))).toEqual([]);
    expect(given(book.view({ path: "notebooks/b.md" })).annotations).toHaveLength(1);
  });
});

describe("monitors that get another name", () => {
  const text = (id: string, body = "counts: counted") =>
    `---\nsegbook: 1\n---\n\n\`\`\`monitor ${id}\n${body}\n\`\`\`\n`;
  const written = (body?: string) => writtenMark({ body: `${body ?? "counts: counted"}\n` });
  const places = () => view().alerts.map(({ notebook, cell }) => `${notebook} ${cell}`);
  const named = (path: string, cell: string, body?: string) => {
    const found = report(106, [row(100)], { notebook: path, cell, written: written(body) });
    return { notebook: path, cells: [cell], reports: [found] };
  };
  const put = (path: string, content: string) => {
    mkdirSync(join(root, "notebooks"), { recursive: true });
    writeFileSync(join(root, path), content);
  };

  it("take their alerts, annotations and what can be taken back along where their text is the same", () => {
    put(PATH, text("watch"));
    book.record(named(PATH, "watch"));
    book.annotate({ do: "add", annotation: { ...NOTE, scope: { ...NOTE.scope, notebook: PATH, cell: "watch" } } });
    put(PATH, text("clicks"));
    book.follow(PATH, text("clicks"));
    expect([places(), view().annotations[0]?.scope.cell]).toEqual([[`${PATH} clicks`], "clicks"]);
    // Evidence starts anew where it did.
    expect(book.rebaselines(PATH)).toMatchObject([{ cell: "clicks", segment: "VIP", period: dayOf(100) }]);
    rmSync(join(root, PATH));
    put("notebooks/b.md", text("clicks"));
    book.follow("notebooks/b.md", text("clicks"));
    expect([places(), view().annotations[0]?.scope.notebook]).toEqual([["notebooks/b.md clicks"], "notebooks/b.md"]);
    expect(view().recorded.map(({ notebook, cell }) => [notebook, cell])).toEqual([["notebooks/b.md", "clicks"]]);
    expect(given(book.audit({})).entries.map((entry) => entry.text)).toEqual([
      `The monitors of ${PATH} are those of notebooks/b.md now`,
      `The monitor watch of ${PATH} is clicks now`,
      "Annotated: new sender domain",
      `Brought ${PATH} up to date: 1 opened`,
    ]);
    expect(codeOf(book.undo({}))).toBe("done");
    expect(view().annotations).toEqual([]);
  });

  it("are others where the text is another too, where both are there, and where two could be meant", () => {
    put(PATH, text("watch"));
    book.record(named(PATH, "watch"));
    book.follow(PATH, text("clicks", "counts: others"));
    book.follow("notebooks/copy.md", text("watch"));
    book.follow(PATH, `${text("one")}${text("two").replace(/^---[^`]*/, "\n")}`);
    expect(places()).toEqual([`${PATH} watch`]);
    put("notebooks/b.md", text("watch"));
    book.record(named("notebooks/b.md", "watch"));
    rmSync(join(root, PATH));
    rmSync(join(root, "notebooks/b.md"));
    book.follow("notebooks/c.md", text("watch"));
    expect(places().sort()).toEqual([`${PATH} watch`, "notebooks/b.md watch"]);
  });
});
