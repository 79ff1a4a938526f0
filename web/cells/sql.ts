import { html } from "lit";
import type { KindOnPage } from "./kinds.ts";
import "./relation-table.ts";

/** One SELECT: its rows. */
export const sql: KindOnPage = {
  purpose: "A query over other cells",
  language: "sql",
  foldedWhenFresh: false,
  rows: "rows",
  manner: () => "",
  template: ({ relation }) => (relation === null ? "SELECT 1 AS one" : `SELECT *\nFROM ${relation.name}`),
  output: ({ session, cell, view }) =>
    html`<seg-relation .session=${session} .cell=${cell} .view=${view}></seg-relation>`,
};
