import { z } from "zod";
import { acceptSchema } from "../accept.ts";

const BAND = /^\s*(>=|>)\s*(-?\d+(?:\.\d+)?)\s*$/;
const STRETCH = String.raw`(\d+)\s+(minute|hour|day|week)s?`;
const DECAY = new RegExp(String.raw`^\s*(?:none|halve\s+every\s+${STRETCH})\s*$`, "i");
const WITHIN = new RegExp(String.raw`^\s*${STRETCH}\s*$`, "i");
const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440, week: 10_080 };

const decay = z
  .string()
  .regex(DECAY, "expected `halve every 30 days` (minutes, hours, days or weeks) or `none`")
  .refine((text) => minutesIn(text) !== 0, "expected at least one")
  .nullable()
  .default(null);

const outcome = z.union([
  z.strictObject({
    event: z.string(),
    within: z
      .string()
      .regex(WITHIN, "expected such as `28 days` (minutes, hours, days or weeks)")
      .refine((text) => minutesIn(text) !== 0, "expected at least one"),
  }),
  z.strictObject({ column: z.string() }),
]);

export const scoreSchema = z.strictObject({
  of: z.string(),
  decay,
  points: z
    .array(z.strictObject({ when: z.string(), add: z.number(), decay }))
    .min(1, "expected at least one rule with points"),
  bands: z
    .record(z.string(), z.string().regex(BAND, 'expected a border such as ">= 15"'))
    .refine(descends, "expected borders in descending order, the highest band first")
    .default({}),
  outcome: outcome.nullable().default(null),
  accept: acceptSchema,
});

export type ScoreBody = z.infer<typeof scoreSchema>;
export type Outcome = NonNullable<ScoreBody["outcome"]>;

export interface Band {
  readonly name: string;
  readonly operator: ">=" | ">";
  /** As it is written. */
  readonly border: string;
}

/** The bands, the highest first. */
export function bandsOf(body: ScoreBody): Band[] {
  return Object.entries(body.bands).map(([name, written]) => {
    const [, operator, border = "0"] = BAND.exec(written) ?? [];
    return { name, operator: operator === ">" ? ">" : ">=", border };
  });
}

/** After how many minutes each rule's points are halved, in the order of the rules; null where they stay. */
export function halfLives(body: ScoreBody): (number | null)[] {
  return body.points.map((rule) => minutesIn(rule.decay ?? body.decay ?? "none"));
}

/** A stretch of time in a text, in minutes; null where there is none. */
export function minutesIn(text: string): number | null {
  const [, count, unit] = new RegExp(STRETCH, "i").exec(text) ?? [];
  return count === undefined || unit === undefined ? null : Number(count) * (MINUTES[unit.toLowerCase()] ?? 0);
}

function descends(bands: Readonly<Record<string, string>>): boolean {
  const values = Object.values(bands).map((border) => Number(BAND.exec(border)?.[2] ?? Number.NaN));
  return values.every((value, index) => index === 0 || !(value > (values[index - 1] ?? value)));
}
