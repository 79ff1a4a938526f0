import { zValidator } from "@hono/zod-validator";
import type { ValidationTargets } from "hono";
import type { ZodType } from "zod";
import { callProblem, refuse } from "./refuse.ts";

/** Checks a part of the request; what does not fit is answered with status 400 and where it is. */
export function valid<Target extends keyof ValidationTargets, Schema extends ZodType>(target: Target, schema: Schema) {
  return zValidator(target, schema, (result, c) => {
    if (result.success) return undefined;
    const [issue] = result.error.issues;
    const where = issue?.path.map(String).join(".") || target;
    const hint = target === "json" ? "Send JSON with the content type application/json." : "Look at the address.";
    return refuse(c, callProblem("bad-request", `\`${where}\`: ${issue?.message ?? "not as expected"}.`, hint), 400);
  });
}
