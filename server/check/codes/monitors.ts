import type { Code } from "../code.ts";

/** What counting sends for a monitor finds. */
export const monitorsCodes: readonly Code[] = [
  { code: "monitor-counts", severity: "error", meaning: "counts that can't be", example: "more opened than delivered" },
  {
    code: "monitor-left-out",
    severity: "warning",
    meaning: "counted rows without segment or period",
    example: "a missing `period`",
  },
  {
    code: "members-of-today",
    severity: "note",
    meaning: "each send counts for today's segments",
    example: "a monitor with `segments`",
  },
  {
    code: "machine-opens",
    severity: "note",
    meaning: "opens by machines can't be told apart",
    example: "no `machine_open`",
  },
  {
    code: "monitor-binder",
    severity: "error",
    meaning: "the engine refuses what a monitor asks",
    example: "keys of two types",
  },
  {
    code: "monitor-conversion",
    severity: "error",
    meaning: "a value that is not what a monitor takes it for",
    example: "text in `opened_at`",
  },
  { code: "monitor-memory", severity: "error", meaning: "a monitor needs more memory", example: "years of sends" },
  {
    code: "monitor-other",
    severity: "error",
    meaning: "any other refusal of the engine in a monitor",
    example: "what the message says",
  },
];
