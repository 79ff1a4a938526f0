import { z } from "zod";

/** Findings that are meant to be as they are, with why; they change no result. */
export const acceptSchema = z
  .array(
    z.strictObject({
      code: z.string(),
      segment: z.string().nullable().default(null),
      about: z.string().nullable().default(null),
      reason: z.string().trim().min(1, "expected why it is accepted"),
    }),
  )
  .default([]);

export type Accepted = z.infer<typeof acceptSchema>[number];
