import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "../../parts/button.ts";
import type { Session } from "../../state/session.ts";
import { base } from "../../theme/base.ts";
import "../explain.ts";
import "../replay/panel.ts";

/** What can be looked at beside a rule while it is built: its past weeks, and how it is computed. */
export type Aside = "replay" | "explain";

/** Buttons below a rule that open what it would have given, and its SQL; both are of the rule as it stands, saved or not. */
@customElement("seg-rule-asides")
export class SegRuleAsides extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: var(--gap-2);
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-1);
        margin-left: -8px;
      }
      seg-replay,
      seg-explain {
        margin-top: var(--gap-2);
        padding-top: var(--gap-3);
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property() cell = "";
  @property() rule = "";
  /** A rule of points has no people of its own, and so no past. */
  @property({ type: Boolean }) replayable = false;
  @state() private open: Aside | null = null;

  override render() {
    return html`<div class="acts">
        ${this.replayable ? this.#button("replay", "Replay the past 52 weeks") : nothing}
        ${this.#button("explain", "SQL and plan")}
      </div>
      ${this.#panel()}`;
  }

  /** Opens one of them, with the focus in it. */
  show(aside: Aside): void {
    this.open = aside === "replay" && !this.replayable ? null : aside;
    void this.updateComplete.then(() => {
      const panel = this.renderRoot.querySelector<HTMLElement>("seg-replay, seg-explain");
      panel?.scrollIntoView({ block: "nearest" });
      panel?.focus();
    });
  }

  #button(aside: Aside, words: string) {
    return html`<seg-button kind="quiet" data-aside=${aside} .expanded=${this.open === aside} @click=${() => this.#turn(aside)}
      >${words}</seg-button
    >`;
  }

  #turn(aside: Aside): void {
    if (this.open === aside) this.#close();
    else this.show(aside);
  }

  #panel() {
    const { session, cell, rule, open } = this;
    const close = (event: Event) => {
      event.stopPropagation();
      this.#close();
    };
    if (session === null || open === null) return nothing;
    return open === "replay"
      ? html`<seg-replay .session=${session} cell=${cell} segment=${rule} @close=${close}></seg-replay>`
      : html`<seg-explain .session=${session} .cell=${cell} .rule=${rule} closable @close=${close}></seg-explain>`;
  }

  /** The focus goes back to the button. */
  #close(): void {
    const was = this.open;
    this.open = null;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-aside="${was}"]`)?.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-rule-asides": SegRuleAsides;
  }
}
