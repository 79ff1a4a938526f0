import { line } from "./notebook/report.ts";
import { againstHand } from "./segments/against-hand.ts";
import { againstPandas } from "./segments/against-pandas.ts";
import { rulesAndEdits } from "./segments/edits.ts";
import { CUSTOMERS, eventsWorkspace } from "./segments/workspace.ts";

/**
 * `npm run bench -- segments [EVENTS…] [PART…]`: twelve features and twenty segments of a million customers, by a kernel
 * as the server starts one. With several numbers of events it shows how time grows; the parts `edits` and `pandas` are
 * measured at the last of them. Made once, in the system's temporary folder: 50 million events take 2 GB there, and as
 * much again while pandas is compared.
 */
const given = process.argv.slice(2);
const numbers = given.filter((word) => /^\d+$/.test(word)).map(Number);
const sizes = numbers.length > 0 ? numbers : [1_000_000, 10_000_000, 50_000_000];
const parts = given.filter((word) => ["hand", "edits", "pandas"].includes(word));
const isAsked = (part: string) => parts.length === 0 || parts.includes(part);

line("What", "found", "goal");
for (const events of sizes) {
  line(`${CUSTOMERS.toLocaleString("en")} customers, ${events.toLocaleString("en")} events`, "", "");
  if (isAsked("hand")) await againstHand(await eventsWorkspace(events));
}
const most = sizes.at(-1) ?? 0;
if (isAsked("edits")) await rulesAndEdits(await eventsWorkspace(most));
if (isAsked("pandas")) {
  // As many as it can hold.
  for (let events = most; events >= 1_000_000; events = Math.floor(events / 2)) {
    line(`pandas, ${events.toLocaleString("en")} events`, "", "");
    if (await againstPandas(await eventsWorkspace(events))) break;
  }
}
