import type { Code } from "../code.ts";

/** What keeping alerts finds. */
export const alertsCodes: readonly Code[] = [
  {
    code: "state-damaged",
    severity: "error",
    meaning: "the state file is not as Segbook wrote it; it is left as it is",
    example: "half of a file after a restore",
  },
  {
    code: "state-newer",
    severity: "error",
    meaning: "the state file is of a newer Segbook",
    example: "an older version after a newer one",
  },
  {
    code: "state-busy",
    severity: "error",
    meaning: "another process writes to the state file, for five seconds already",
    example: "a backup that locks it",
  },
  {
    code: "state-failed",
    severity: "error",
    meaning: "nothing could be written to the state file",
    example: "a full disk",
  },
  {
    code: "monitor-earlier",
    severity: "error",
    meaning: "a run of an earlier moment than that of the alerts that are recorded",
    example: "`--as-of` last month",
  },
  {
    code: "monitor-overtaken",
    severity: "error",
    meaning: "an annotation or an accepted baseline was changed while a monitor ran; run it once more",
    example: "two people at work",
  },
];
