import { z } from "zod";
import { METRICS } from "../../monitor/metrics.ts";

const DURATION = /^\s*(\d+)\s*(minute|hour|day|week)s?\s*$/i;

/** What a sends relation may tell about a send, by our name of it. */
export const SEND_COLUMNS = [
  "sent_at",
  "delivered_at",
  "opened_at",
  "clicked_at",
  "unsubscribed_at",
  "bounced_at",
  "machine_open",
  "send_id",
] as const;

export type SendColumn = (typeof SEND_COLUMNS)[number];

/** Watched where the relation has what they need and the cell does not say otherwise. */
export const DEFAULT_METRICS = ["open_rate", "click_rate", "unsubscribe_rate", "machine_open_rate"];

/** Metrics that are no rates. */
const OTHER_METRICS = ["size", "mix"];

const known = [...METRICS.map((metric) => metric.name), ...OTHER_METRICS];
const column = z.string().optional();

export const schema = z
  .strictObject({
    segments: z
      .union([z.string(), z.array(z.string())])
      .transform((ids) => (typeof ids === "string" ? [ids] : [...new Set(ids)]))
      .nullable()
      .default(null),
    counts: z.string().nullable().default(null),
    sends: z.string().nullable().default(null),
    columns: z
      .strictObject({
        sent_at: column,
        delivered_at: column,
        opened_at: column,
        clicked_at: column,
        unsubscribed_at: column,
        bounced_at: column,
        machine_open: column,
        send_id: column,
      })
      .default({}),
    period: z.enum(["day", "week", "send"]).default("day"),
    metrics: z
      .array(z.enum(known as [string, ...string[]], { error: `expected metrics among ${known.join(", ")}` }))
      .min(1, "expected at least one metric")
      .nullable()
      .default(null),
    mature_after: z.string().regex(DURATION, "expected a length such as 48 hours").default("48 hours"),
    baseline: z.int("expected a number of periods").min(3, "expected at least 3 periods").default(42),
    min_relative_change: z.number().min(0).max(1).default(0.05),
    by: z
      .union([z.string(), z.array(z.string()).min(1, "expected at least one column")])
      .transform((names) => (typeof names === "string" ? [names] : [...new Set(names)]))
      .nullable()
      .default(null),
    conversion: z.string().nullable().default(null),
  })
  .refine((body) => (body.counts === null) !== (body.segments === null), "expected either `segments` or `counts`")
  .refine((body) => (body.segments === null) === (body.sends === null), "`segments` and `sends` go together")
  .refine((body) => body.segments === null || body.segments.length > 0, "expected at least one segmentation");

export type MonitorBody = z.infer<typeof schema>;

/** The length as SQL's INTERVAL, or null for none. */
export function maturity(body: Pick<MonitorBody, "mature_after">): string | null {
  const [, amount = "0", unit = "hour"] = DURATION.exec(body.mature_after) ?? [];
  return Number(amount) === 0 ? null : `INTERVAL ${Number(amount)} ${unit.toUpperCase()}`;
}
