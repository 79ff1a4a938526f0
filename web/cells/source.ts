import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { auditWords } from "../../server/figures/audit-words.ts";
import { oneOf } from "../parts/one-of.ts";
import { Rows } from "../state/relation.ts";
import type { KindOnPage } from "./kinds.ts";
import { CellOutput } from "./output.ts";
import { templates } from "./templates.ts";
import "./relation-table.ts";

/** Declared files with expectations: their rows, and what the audit found. */
export const source: KindOnPage = {
  purpose: "Files to read, and what is expected of them",
  language: "yaml",
  foldedWhenFresh: true,
  rows: "rows",
  manner: () => "",
  template: templates.source,
  output: ({ session, cell, view }) =>
    html`<seg-source-output .session=${session} .cell=${cell} .view=${view}></seg-source-output>`,
};

type Shown = "" | "_audit" | "_rejects";

@customElement("seg-source-output")
export class SegSourceOutput extends CellOutput {
  @state() private shown: Shown = "";
  readonly #audit = new Rows(this, () => this.reading("_audit"), { limit: 200 });

  override render() {
    const audit = this.#audit.value;
    if (audit === null) return this.#table("");
    const tabs: (readonly [Shown, string])[] = [
      ["", "Rows"],
      ["_audit", "Audit"],
    ];
    if ((this.relation("_rejects")?.rows ?? 0) > 0) tabs.push(["_rejects", "Set aside"]);
    return html`<div class="tabs" role="group" aria-label="What is shown">
        ${oneOf(tabs, this.shown, (suffix) => {
          this.shown = suffix;
        })}
        <span class="words">${auditWords(audit)}</span>
      </div>
      ${this.#table(this.shown)}`;
  }

  #table(suffix: string) {
    return html`<seg-relation
      .session=${this.session}
      .cell=${this.cell}
      .view=${this.view}
      suffix=${suffix}
      empty=${suffix === "_audit" ? "The audit found nothing." : "No rows."}
    ></seg-relation>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-source-output": SegSourceOutput;
  }
}
