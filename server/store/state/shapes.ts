import { z } from "zod";
import type { Annotation, Decision, Happening, LivingAlert, LivingIncident } from "../../monitor/life/model.ts";
import type { Alert, Incident } from "../../monitor/model.ts";
import { Damaged } from "./faults.ts";

/** What the state holds as JSON, as it comes back from the disk. */
const text = z.string();
const number = z.number();
const tier = z.enum(["watch", "alert", "confirmed"]);
const direction = z.enum(["up", "down"]);

export const periodShape = z.enum(["day", "week", "send"]);

export const alertShape = z.object({
  ...{ segment: text, metric: text, tier, direction },
  ...{ detected_at: text, confirmed_at: text.nullable(), change_at: text, change_from: text, change_to: text },
  ...{ rate_before: number, rate_after: number, evidence: number },
  ...{ relative_change: number.nullable(), low: number.nullable(), high: number.nullable() },
  ...{ verdict: z.enum(["rate", "mix", "both", "gradual", "spike"]), explanation: text },
}) satisfies z.ZodType<Alert>;

export const incidentShape = z.object({
  ...{ opened_at: text, metric: text, direction, segments: z.array(text), explanation: text },
}) satisfies z.ZodType<Incident>;

export const closedShape = z
  .object({ why: z.enum(["back", "passed", "gone", "new_baseline"]), at: number, period: text })
  .nullable() satisfies z.ZodType<LivingAlert["closed"]>;

const decision = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("acknowledged"),
    reason: z.enum(["known_cause", "new_baseline", "false_alarm"]),
    ...{ note: text, at: number, tier, period: text.nullable() },
  }),
  z.object({ kind: z.literal("snoozed"), until: text, note: text, at: number }),
  z.object({ kind: z.literal("ended"), note: text, at: number }),
]);

export const decisionShape = decision.nullable() satisfies z.ZodType<Decision | null>;

export const happeningShape = z.object({
  what: z.enum([
    ...["opened", "raised", "lowered", "settled", "closed"],
    ...["reopened", "acknowledged", "snoozed", "woken", "undone"],
  ] as const),
  ...{ at: number, asOf: number.nullable(), tier, why: text },
}) satisfies z.ZodType<Happening>;

export const annotationShape = z.object({
  id: text,
  scope: z.object({
    ...{ notebook: text.nullable(), cell: text.nullable(), segment: text.nullable(), metric: text.nullable() },
  }),
  ...{ from: text, to: text.nullable(), text, rebaseline: z.boolean(), at: number },
}) satisfies z.ZodType<Annotation>;

export const livingIncidentShape = z.object({
  ...{ id: text, notebook: text, cell: text, period: periodShape, finding: incidentShape, at: number },
}) satisfies z.ZodType<LivingIncident>;

/** JSON of the file as what it stands for; throws Damaged where it is something else. */
export function readJson<T>(shape: z.ZodType<T>, json: unknown): T {
  if (json === null) return read(shape, null);
  try {
    return read(shape, JSON.parse(String(json)));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Damaged("holds what is no JSON");
    throw error;
  }
}

export function read<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (!parsed.success)
    throw new Damaged(`holds what Segbook does not write (${parsed.error.issues[0]?.message ?? ""})`);
  return parsed.data;
}
