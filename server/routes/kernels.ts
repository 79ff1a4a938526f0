import type { Supervisor } from "../kernel/supervisor.ts";

/** What the routes need of whoever runs notebooks. Paths are the workspace's, and name notebooks that exist. */
export type Kernels = Pick<
  Supervisor,
  | "plan"
  | "check"
  | "run"
  | "refreshed"
  | "cancel"
  | "cancelCell"
  | "page"
  | "summary"
  | "preview"
  | "values"
  | "replay"
  | "replayPeople"
  | "person"
  | "personEvents"
  | "people"
  | "forecast"
  | "history"
  | "profile"
  | "rates"
  | "evidence"
  | "cohort"
  | "explain"
  | "without"
  | "writeSegment"
  | "readSegment"
  | "members"
  | "export"
  | "rename"
  | "compare"
  | "complete"
  | "subscribe"
  | "close"
> &
  Partial<Pick<Supervisor, "prepare">>;
