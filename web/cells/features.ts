import { css, html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { Summary } from "../state/relation.ts";
import "./features/list.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import { notRun } from "./relation-table.ts";
import { templates } from "./templates.ts";

/** One row for each entity: each feature in words with its spread and what stands behind it, then the rows. */
export const features: KindOnPage = {
  purpose: "One row for each customer, columns from events",
  language: "yaml",
  foldedWhenFresh: false,
  rows: "rows",
  manner: () => "",
  template: templates.features,
  output: ({ session, cell, view }) =>
    html`<seg-features-output .session=${session} .cell=${cell} .view=${view}></seg-features-output>`,
};

@customElement("seg-features-output")
export class SegFeaturesOutput extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      .add {
        display: flex;
        justify-content: flex-end;
        padding: 4px 8px;
        border-bottom: 1px solid var(--line);
      }
    `,
  ];

  readonly #summary = new Summary(this, () => this.reading());

  override render() {
    const { session, cell, view } = this;
    const summary = this.#summary.value;
    const add =
      session === null || session.file.readOnly
        ? nothing
        : html`<div class="add">
            <seg-button kind="quiet" @click=${() => emit(this, "add-features", { cell: view?.id })}
              >Add features…</seg-button
            >
          </div>`;
    if (summary === null) return html`${add} ${notRun(this, this.#summary)}`;
    return html`${add}
      <seg-feature-list .session=${session} .cell=${cell} .view=${view} .summary=${summary}></seg-feature-list>
      <seg-relation .session=${session} .cell=${cell} .view=${view}></seg-relation>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-features-output": SegFeaturesOutput;
  }
}
