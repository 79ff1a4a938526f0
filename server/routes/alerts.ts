import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import type { AlertAction, AnnotationAction } from "../run/alerts/view.ts";
import { refuse } from "./refuse.ts";
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
export function alertRoutes({ alerts }: Services) {
  return new Hono()
    .get("/alerts", valid("query", z.object({ path: z.string().optional(), cell: z.string().optional() })), (c) => {
      const { path, cell } = c.req.valid("query");
      const view = alerts.view({ ...(path !== undefined && { path }), ...(cell !== undefined && { cell }) });
      return isProblem(view) ? refuse(c, view) : c.json(view);
    })
    .post("/alerts/undo", valid("json", z.strictObject({ entry: z.int().min(1).optional() })), (c) => {
      const { entry } = c.req.valid("json");
      const undone = alerts.undo(entry === undefined ? {} : { entry });
      return isProblem(undone) ? refuse(c, undone) : c.json({ entry: undone });
    })
    .post("/alerts/:id", valid("json", actionShape), (c) => {
      const alert = alerts.act(c.req.param("id"), c.req.valid("json") satisfies AlertAction);
      return isProblem(alert) ? refuse(c, alert) : c.json(alert);
    })
    .post("/annotations", valid("json", annotationAction), (c) => {
      const annotations = alerts.annotate(c.req.valid("json") satisfies AnnotationAction);
      return isProblem(annotations) ? refuse(c, annotations) : c.json({ annotations });
    })
    .get("/audit", valid("query", auditQuery), (c) => {
      const { before, limit } = c.req.valid("query");
      const view = alerts.audit({ limit, ...(before !== undefined && { before }) });
      return isProblem(view) ? refuse(c, view) : c.json(view);
    });
}
