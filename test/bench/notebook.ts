import { openAndRerun } from "./notebook/open.ts";
import { scrolling, streaming } from "./notebook/page.ts";
import { line } from "./notebook/report.ts";

/**
 * `npm run bench -- notebook [PART…]`: what a person waits for in a notebook, medians. One file a part in notebook/;
 * data is made once in the system's temporary folder.
 */
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  open: openAndRerun,
  scroll: scrolling,
  stream: streaming,
};

const asked = process.argv.slice(2).filter((name) => Object.hasOwn(PARTS, name));
line("What", "found", "goal");
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) await PARTS[name]?.();
