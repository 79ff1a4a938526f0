import { editOneRule } from "./notebook/edit.ts";
import { memoryOverRuns } from "./notebook/memory.ts";
import { openAndRerun } from "./notebook/open.ts";
import { scrolling, streaming } from "./notebook/page.ts";
import { line } from "./notebook/report.ts";

/**
 * `npm run bench -- notebook [CUSTOMERS] [PART…]`: what a person waits for in a notebook, medians. One file a part in
 * notebook/. The demo of an edit has 1,000,000 customers unless another number is given; it is made once, in the
 * system's temporary folder.
 */
const given = process.argv.slice(2);
const customers = Number(given.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  open: openAndRerun,
  edit: () => editOneRule(customers),
  memory: memoryOverRuns,
  scroll: scrolling,
  stream: streaming,
};

const asked = given.filter((name) => Object.hasOwn(PARTS, name));
line("What", "found", "goal");
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) await PARTS[name]?.();
