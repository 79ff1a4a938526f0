import type { Severity } from "../notebook/model.ts";

/** One kind of finding, as the reference lists it. */
export interface Code {
  readonly code: string;
  readonly severity: Severity;
  /** What it means, in one line. */
  readonly meaning: string;
  readonly example: string;
  /** Whether `--fix` mends it: always, or where a name is misspelled in case, blanks and dashes alone. */
  readonly fix?: "always" | "spelling";
}
