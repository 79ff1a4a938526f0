import { html } from "lit";
import type { KindOnPage } from "./kinds.ts";
import { templates } from "./templates.ts";
import "./relation-table.ts";

/** One SELECT: its rows. */
export const sql: KindOnPage = {
  purpose: "A query over other cells",
  language: "sql",
  foldedWhenFresh: false,
  rows: "rows",
  manner: () => "",
  template: templates.sql,
  output: ({ session, cell, view }) =>
    html`<seg-relation .session=${session} .cell=${cell} .view=${view}></seg-relation>`,
};
