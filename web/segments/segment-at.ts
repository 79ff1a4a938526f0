import type { TemplateResult } from "lit";
import type { Cell } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import type { Session } from "../state/session.ts";
import type { Change } from "../state/structure.ts";
import type { PortableAsked } from "./portable.ts";

/** One segment of a cell, as its menu and what opens below it know it. */
export interface SegmentAt {
  readonly session: Session;
  readonly cell: Cell;
  readonly view: CellView;
  /** Its name; a score rule's is `points_1` and so on. */
  readonly segment: string;
  /** `rest` is `otherwise`, which has no rule. */
  readonly role: "segment" | "rest";
  /** Names of the cell's rules in the order of its text. */
  readonly names: readonly string[];
}

/** What the list lends to its menu's entries. */
export interface SegmentHands {
  /** Makes a change of the notebook; it is said, and can be taken back. */
  readonly make: (change: Change) => void;
  /** Shows who is in the segment. */
  readonly people: () => void;
  /** Opens the dialog in which segments go to other tools and come from them. */
  readonly port: (asked: PortableAsked) => void;
  /** Opens another entry's panel for a segment. */
  readonly open: (entry: string, segment: string) => void;
}

/** One entry of a segment's menu: it does something at once, or it opens a panel below the segment until that is closed. */
export interface SegmentEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** A line above it. */
  readonly apart?: boolean;
  /** Whether it fits the segment; it fits all where absent. */
  readonly fits?: (at: SegmentAt) => boolean;
  readonly act?: (at: SegmentAt, hands: SegmentHands) => void;
  readonly panel?: (at: SegmentAt, hands: SegmentHands & { readonly close: () => void }) => TemplateResult;
}
