import { builderEdits } from "./builder/edits.ts";
import { line } from "./notebook/report.ts";
import { CUSTOMERS, eventsWorkspace } from "./segments/workspace.ts";

/**
 * `npm run bench -- builder [EVENTS]`: how long after an edit of a rule its sizes are there, condition by condition, of
 * a million customers: the first answer, which may be a sample's, and the exact one.
 */
const events = Number(process.argv[2] ?? 10_000_000);
line("What", "first, median / worst", "exact");
line(`${CUSTOMERS.toLocaleString("en")} customers, ${events.toLocaleString("en")} events`, "goal: 1 s", "");
await builderEdits(await eventsWorkspace(events));
