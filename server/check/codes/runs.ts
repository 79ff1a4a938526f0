import type { Code } from "../code.ts";

/** What any run may meet: the engine, its limits and the disk refuse. */
export const runsCodes: readonly Code[] = [
  {
    code: "engine-memory",
    severity: "error",
    meaning: "a cell needs more memory than the kernel has",
    example: "what the message says",
  },
  { code: "engine-io", severity: "error", meaning: "a file can't be read or written", example: "a full disk" },
  {
    code: "engine-other",
    severity: "error",
    meaning: "any other refusal of the engine",
    example: "what the message says",
  },
  {
    code: "limit-memory",
    severity: "error",
    meaning: "a cell that needs more memory than it may have",
    example: "`--memory 1GB`",
  },
  {
    code: "limit-temp",
    severity: "error",
    meaning: "a cell that needs more room on the disk than it may have",
    example: "`--temp 1GB`",
  },
  {
    code: "limit-rows",
    severity: "error",
    meaning: "a cell that yields more rows than it may",
    example: "`--rows 1000000`",
  },
  {
    code: "limit-seconds",
    severity: "error",
    meaning: "a cell, or an answer such as a preview, that takes longer than it may",
    example: "`--seconds 60`",
  },
  {
    code: "study-changed",
    severity: "error",
    meaning: "what was remembered of a cell is not what it says",
    example: "somebody wrote to `.segbook/studies`",
  },
  { code: "disk-full", severity: "error", meaning: "no room to keep the result", example: "a full disk" },
  {
    code: "system-fault",
    severity: "error",
    meaning: "the system refused something",
    example: "no permission to write",
  },
  {
    code: "state-not-written",
    severity: "warning",
    meaning: "what a run did could not be noted",
    example: "a folder that can't be written",
  },
  { code: "internal", severity: "error", meaning: "a fault of Segbook", example: "please report it" },
];
