import { html } from "lit";
import type { SegmentEntry } from "../segment-at.ts";
import "./panel.ts";

/** The segment over the past weeks, below it. */
export const pastWeeks: SegmentEntry = {
  id: "replay",
  label: "Past 52 weeks",
  hint: "As its rule stands now",
  panel: ({ session, cell, segment }, { close }) =>
    html`<seg-replay .session=${session} cell=${cell.id} segment=${segment} @close=${close}></seg-replay>`,
};
