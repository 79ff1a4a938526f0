import { html } from "lit";
import "../monitor/watch-view.ts";
import { field } from "../../server/figures/segmentation.ts";
import type { KindOnPage } from "./kinds.ts";
import { templates } from "./templates.ts";

/** Watched segments: what drifts, since when and by how much. */
export const monitor: KindOnPage = {
  purpose: "Watches segments and says which drift",
  language: "yaml",
  foldedWhenFresh: true,
  rows: "alerts",
  manner: (body) => {
    const period = field(body, "period");
    return typeof period === "string" ? `by ${period}` : "";
  },
  template: templates.monitor,
  output: ({ session, cell, view }) => html`<seg-watch .session=${session} .cell=${cell} .view=${view}></seg-watch>`,
};
