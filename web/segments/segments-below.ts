import { html, type TemplateResult } from "lit";
import "./guards/guards.ts";
import "./guards/overlap.ts";
import type { SegmentSize } from "../../server/figures/segmentation.ts";
import type { Cell } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import type { Session } from "../state/session.ts";

/** A segments cell with a result of today. */
export interface SegmentsAt {
  readonly session: Session;
  readonly cell: Cell;
  readonly view: CellView;
  readonly sizes: readonly SegmentSize[];
  /** People who were looked at; null where that is not known. */
  readonly population: number | null;
}

/** What stands below the list of a cell's segments, one row a thing: what was found about them, how they overlap. */
export const SEGMENTS_BELOW: readonly ((at: SegmentsAt) => TemplateResult)[] = [
  ({ session, cell }) => html`<seg-guards .session=${session} .cell=${cell}></seg-guards>`,
  ({ session, cell }) => html`<seg-overlap .session=${session} .cell=${cell}></seg-overlap>`,
];
