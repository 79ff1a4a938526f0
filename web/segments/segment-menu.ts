import { duplicate, editRule, moveDown, moveUp, remove, rename } from "./edit-entries.ts";
import { explainRule } from "./explain-entry.ts";
import { exportSegment, importSegment } from "./portable-entries.ts";
import { pastWeeks } from "./replay/entry.ts";
import type { SegmentEntry } from "./segment-at.ts";

/** What can be done with one segment: one row an entry, in the menu's order. The first one is a button of its own. */
export const SEGMENT_MENU: readonly SegmentEntry[] = [
  editRule,
  { id: "people", label: "Open its people", act: (_, hands) => hands.people() },
  pastWeeks,
  explainRule,
  rename,
  duplicate,
  moveUp,
  moveDown,
  exportSegment,
  importSegment,
  remove,
];
