import { html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { base } from "../theme/base.ts";

/** Whether series show their last periods or all of them. Event: `span` with `{ span }`. */
@customElement("seg-span-button")
export class SegSpanButton extends LitElement {
  static override styles = base;

  @property() span: "recent" | "all" = "recent";

  override render() {
    const other = this.span === "recent" ? "all" : "recent";
    return html`<seg-button kind="quiet" @click=${() => emit(this, "span", { span: other })}
      >${this.span === "recent" ? "Show every period" : "Show the last periods"}</seg-button
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-span-button": SegSpanButton;
  }
}
