import { html } from "lit";
import "./explain.ts";
import type { SegmentEntry } from "./segment-at.ts";

/** How a segment's rule is computed, below it. */
export const explainRule: SegmentEntry = {
  id: "explain",
  label: "SQL and plan",
  fits: ({ role }) => role === "segment",
  panel: ({ session, cell, segment }, { close }) => html`<seg-explain
    .session=${session}
    .cell=${cell.id}
    .rule=${segment}
    closable
    @close=${close}
  ></seg-explain>`,
};
