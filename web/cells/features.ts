import { html } from "lit";
import type { KindOnPage } from "./kinds.ts";
import "./relation-table.ts";

/** One row for each entity: its features. */
export const features: KindOnPage = {
  purpose: "One row for each customer, columns from events",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "rows",
  manner: () => "",
  template: ({ events }) => {
    const event = events[0] ?? "placed order";
    return `columns:\n  recency_days: days since last ${event}\n  count_90d: count of ${event} in last 90 days\n`;
  },
  output: ({ session, cell, view }) =>
    html`<seg-relation .session=${session} .cell=${cell} .view=${view}></seg-relation>`,
};
