import { z } from "zod";

/** A parameter of the query that holds JSON of a shape; `expected` says in words what it should be. */
export function jsonParameter<S extends z.ZodType>(shape: S, expected: string) {
  return z.string().transform((text, context): z.output<S> => {
    const read = shape.safeParse(jsonOf(text));
    if (read.success) return read.data;
    context.addIssue({ code: "custom", message: `${expected} expected` });
    return z.NEVER;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
