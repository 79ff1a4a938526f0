import { field } from "../../server/figures/segmentation.ts";
import type { SegmentEntry } from "./segment-at.ts";

/** The segment for other tools. */
export const exportSegment: SegmentEntry = {
  id: "export",
  label: "Export…",
  apart: true,
  act: ({ cell, segment }, { port }) => port({ cell: cell.id, segment }),
};

/** Another tool's segment beside this one. */
export const importSegment: SegmentEntry = {
  id: "import",
  label: "Import another…",
  fits: ({ session, cell }) =>
    cell.kind === "segments" && !session.file.readOnly && field(session.cell(cell.id)?.body, "of") !== undefined,
  act: ({ cell }, { port }) => port({ cell: cell.id, segment: null }),
};
