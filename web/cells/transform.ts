import { html } from "lit";
import type { KindOnPage } from "./kinds.ts";
import { templates } from "./templates.ts";
import "./relation-table.ts";

/** Verbs over a relation: the rows that they leave. */
export const transform: KindOnPage = {
  purpose: "Filter, group and derive, step by step",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "rows",
  manner: () => "",
  template: templates.transform,
  output: ({ session, cell, view }) =>
    html`<seg-relation .session=${session} .cell=${cell} .view=${view}></seg-relation>`,
};
