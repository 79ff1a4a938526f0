import { html } from "lit";
import type { KindOnPage } from "./kinds.ts";
import { templates } from "./templates.ts";

/** A value that the reader may change; its control stands at the notebook's top. */
export const input: KindOnPage = {
  purpose: "A value the reader may change",
  language: "yaml",
  foldedWhenFresh: true,
  rows: "rows",
  manner: () => "a control at the top",
  template: templates.input,
  output: () => html``,
};
