import { z } from "zod";

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
/** Values of inputs by id, as JSON in the query. */
export const setParameter = z
  .string()
  .optional()
  .transform((text, context) => {
    const read = text === undefined ? values.safeParse({}) : values.safeParse(jsonOf(text));
    if (read.success) return read.data;
    context.addIssue({ code: "custom", message: "the inputs' values as a JSON object were expected" });
    return z.NEVER;
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
