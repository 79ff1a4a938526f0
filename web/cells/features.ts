import { html } from "lit";
import type { KindOnPage } from "./kinds.ts";
import { templates } from "./templates.ts";
import "./relation-table.ts";

/** One row for each entity: its features. */
export const features: KindOnPage = {
  purpose: "One row for each customer, columns from events",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "rows",
  manner: () => "",
  template: templates.features,
  output: ({ session, cell, view }) =>
    html`<seg-relation .session=${session} .cell=${cell} .view=${view}></seg-relation>`,
};
