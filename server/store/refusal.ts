import type { Problem } from "../notebook/model.ts";

/** What the store says instead of doing what was asked; it has no place in a file. */
export function refusal(code: string, message: string, hint: string): Problem {
  return {
    code,
    severity: "error",
    cell: null,
    line: null,
    column: null,
    message,
    hint,
  };
}

/** The code of a failed call of the system, such as `ENOENT`; "" where it is none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
