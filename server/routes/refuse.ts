import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Problem } from "../notebook/model.ts";

/** The reply that says what is wrong, with the status that goes with its code. */
export function refuse(c: Context, problem: Problem, status = statusOf(problem)) {
  return c.json({ problem }, status);
}

/** A problem of the call itself, which has no place in a notebook. */
export function callProblem(code: string, message: string, hint: string): Problem {
  return { code, severity: "error", cell: null, line: null, column: null, message, hint };
}

const STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  "bad-path": 400,
  "notebook-missing": 404,
  "notebook-exists": 409,
  "notebook-too-large": 413,
  "not-permitted": 403,
  "read-only": 403,
  "disk-failed": 507,
  "state-failed": 507,
  "state-busy": 503,
  "alert-missing": 404,
  "annotation-missing": 404,
  "undo-missing": 404,
  "undo-overtaken": 409,
  "undo-twice": 409,
};

function statusOf({ code }: Problem): ContentfulStatusCode {
  return STATUS[code] ?? 422;
}
