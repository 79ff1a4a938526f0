import { Hono } from "hono";
import { z } from "zod";
import type { Scope } from "../monitor/life/model.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { AlertAction, AlertsView, AnnotationAction } from "../run/alerts/view.ts";
import { goneMonitors, scopeFault, todaysListOf } from "../store/monitor-places.ts";
import { callProblem, refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

/** No note or annotation is longer, in characters. */
const LONGEST = 2_000;

const day = z.iso.date("expected a date such as 2026-11-30");
// A text ends there for the state's engine.
const words = z
  .string()
  .max(LONGEST)
  .refine((text) => !text.includes("\0"), "expected text without NUL");
const note = words.exactOptional();
const name = words.min(1);

const actionShape = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("acknowledge"),
    reason: z.enum(["known_cause", "new_baseline", "false_alarm"]),
    note,
  }),
  z.strictObject({ do: z.literal("snooze"), until: day, note }),
  z.strictObject({ do: z.literal("close"), note }),
  z.strictObject({ do: z.literal("reopen") }),
]);

/** A name of one, or null for all of them, as where it is left out. */
const oneOrAll = name.nullable().default(null);

const annotation = z.strictObject({
  scope: z.strictObject({ notebook: oneOrAll, cell: oneOrAll, segment: oneOrAll, metric: oneOrAll }).prefault({}),
  from: name,
  to: name.nullable().default(null),
  text: words.trim().min(1, "expected some words"),
  rebaseline: z.boolean().default(false),
});

const annotationAction = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("add"), annotation }),
  z.strictObject({ do: z.literal("change"), id: name, annotation }),
  z.strictObject({ do: z.literal("remove"), id: name }),
]);

const auditQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** Alerts with what was decided of them, annotations, the audit log, and taking back what was done. */
export function alertRoutes({ alerts, files, workspace }: Services) {
  return new Hono()
    .get(
      "/alerts",
      valid("query", z.object({ path: z.string().optional(), cell: z.string().optional() })),
      async (c) => {
        const { path, cell } = c.req.valid("query");
        const view = alerts.view({ ...(path !== undefined && { path }), ...(cell !== undefined && { cell }) });
        if (isProblem(view)) return refuse(c, view);
        const gone = await goneMonitors(
          view.alerts.filter(({ state }) => state !== "closed"),
          files,
        );
        const standings = alerts.standings();
        if (isProblem(standings)) return refuse(c, standings);
        const list = await todaysListOf(standings, files);
        const series = list.series.filter(
          (one) => (path ?? one.notebook) === one.notebook && (cell ?? one.cell) === one.cell,
        );
        return c.json({ ...view, gone, list: { ...list, series } } satisfies AlertsView);
      },
    )
    .post("/alerts/undo", valid("json", z.strictObject({ entry: z.int().min(1).optional() })), (c) => {
      const { entry } = c.req.valid("json");
      const undone = alerts.undo(entry === undefined ? {} : { entry });
      return isProblem(undone) ? refuse(c, undone) : c.json({ entry: undone });
    })
    .post("/alerts/:id", valid("json", actionShape), async (c) => {
      const [id, action] = [c.req.param("id"), c.req.valid("json") satisfies AlertAction];
      if (action.do === "close") {
        const all = alerts.view({});
        if (isProblem(all)) return refuse(c, all);
        const own = all.alerts.filter((one) => one.id === id);
        if (own.length > 0 && (await goneMonitors(own, files)).length === 0) return refuse(c, stillThere());
      }
      const alert = alerts.act(id, action);
      return isProblem(alert) ? refuse(c, alert) : c.json(alert);
    })
    .post("/annotations", valid("json", annotationAction), async (c) => {
      const action = c.req.valid("json") satisfies AnnotationAction;
      const all = action.do === "change" ? alerts.view({}) : null;
      if (all !== null && isProblem(all)) return refuse(c, all);
      const before = all?.annotations.find(({ id }) => action.do === "change" && id === action.id)?.scope;
      // What was said of a monitor that is gone since may be said otherwise.
      const isNew = action.do !== "remove" && !isSame(before, action.annotation.scope);
      const wrong = isNew ? await scopeFault(action.annotation.scope, workspace, files) : null;
      if (wrong !== null) return refuse(c, wrong);
      const annotations = alerts.annotate(action);
      return isProblem(annotations) ? refuse(c, annotations) : c.json({ annotations });
    })
    .get("/audit", valid("query", auditQuery), (c) => {
      const { before, limit } = c.req.valid("query");
      const view = alerts.audit({ limit, ...(before !== undefined && { before }) });
      return isProblem(view) ? refuse(c, view) : c.json(view);
    });
}

function isSame(before: Scope | undefined, now: Scope): boolean {
  if (before === undefined) return false;
  return (["notebook", "cell", "segment", "metric"] as const).every((key) => before[key] === now[key]);
}

function stillThere() {
  const hint = "Acknowledge or snooze it; it closes by itself where the rate is back.";
  return callProblem("monitor-there", "Its monitor is still there: a run closes it.", hint);
}
