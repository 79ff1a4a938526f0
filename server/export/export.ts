import type { Problem } from "../notebook/model.ts";
import type { Snapshot } from "../run/snapshot.ts";
import { readOutfit } from "./outfit.ts";
import { exportPage } from "./page.ts";

/** What was asked for beside the notebook's text, and can't be had. */
const CALL_FAULTS: ReadonlySet<string> = new Set(["unknown-input", "as-of-given"]);

/** The page of a notebook; or what the call has wrong, such as a value for no input. */
export async function exported(snapshot: Snapshot, signal: AbortSignal): Promise<string | Problem> {
  const fault = snapshot.view.problems.find(({ code }) => CALL_FAULTS.has(code));
  return fault ?? exportPage(snapshot, await readOutfit(), signal);
}
