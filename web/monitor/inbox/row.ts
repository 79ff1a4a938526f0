import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { alertParts } from "../../../server/figures/alert-words.ts";
import type { Alert } from "../../../server/figures/alerts.ts";
import { formatMoment } from "../../../server/figures/format-time.ts";
import {
  foundOf,
  happeningWords,
  isWaiting,
  standingWords,
  subjectWords,
} from "../../../server/figures/living-alerts.ts";
import type { AlertAction, AlertView } from "../../../server/run/alerts/view.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import "../../parts/pill.ts";
import { base } from "../../theme/base.ts";
import { alertColumns, alertRowStyle, directionMark, tierPill } from "../alert-row.ts";
import type { Said } from "./act-form.ts";
import "./act-form.ts";

/** One recorded alert: what moved, how it stands, and what can be done about it. Event: `alert-act` with `{ alert, action }`. */
@customElement("seg-inbox-row")
export class SegInboxRow extends LitElement {
  static override styles = [
    base,
    alertRowStyle,
    css`
      :host {
        ${alertColumns}
        font: var(--size-2) / 1.5 var(--font);
      }
      .does {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 4px;
        max-width: 460px;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: 28px;
        padding: 3px 11px;
        border: 1px solid var(--accent);
        border-radius: 7px;
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 500;
        text-decoration: none;
      }
      .of {
        color: var(--ink-3);
      }
      details {
        margin-top: 2px;
        color: var(--ink-3);
      }
      summary {
        width: max-content;
        cursor: pointer;
      }
      ol {
        margin: 2px 0 0;
        padding: 0;
        list-style: none;
        font-variant-numeric: tabular-nums;
      }
      seg-act-form {
        grid-column: 2 / -1;
        padding-top: 6px;
      }
      @media (max-width: 860px) {
        :host {
          grid-template-columns: 18px minmax(0, 1fr);
        }
        .does {
          grid-column: 2;
          justify-content: flex-start;
          padding-top: 4px;
        }
      }
    `,
  ];

  @property({ attribute: false }) alert: AlertView | null = null;
  /** As it is found now, where that is newer than what was recorded. */
  @property({ attribute: false }) found: Alert | null = null;
  /** Whether its monitor is in no notebook any more. */
  @property({ type: Boolean }) gone = false;
  /** Whose alert it is, where that is not plain. */
  @property() of = "";
  /** The address of its series' page. */
  @property() href = "";
  @state() private said: Said | null = null;

  override render() {
    const { alert } = this;
    if (alert === null) return nothing;
    const found = this.found ?? foundOf(alert);
    const { title, detail } = alertParts(found);
    const standing = [standingWords(alert), this.gone ? "its monitor is gone" : ""]
      .filter((words) => words !== "")
      .join("; ");
    return html`${directionMark(found)}
      <div>
        <b>${title}</b> ${tierPill(found.tier)}
        ${standing === "" ? nothing : html`<seg-pill>${standing}</seg-pill>`}
        <p>${detail}</p>
        ${this.of === "" ? nothing : html`<p class="of">${this.of}</p>`} ${this.#past(alert)}
      </div>
      <div class="does">${this.#does(alert)}${this.href === "" ? nothing : html`<a href=${this.href}>Look<span class="spoken"> at ${subjectWords(alert)}</span></a>`}</div>
      ${
        this.said === null
          ? nothing
          : html`<seg-act-form
              said=${this.said}
              @act=${(event: CustomEvent<AlertAction>) => this.#act(event.detail)}
              @cancel=${() => this.#say(null)}
            ></seg-act-form>`
      }`;
  }

  #does(alert: AlertView) {
    const about = subjectWords(alert);
    const button = (words: string, does: () => void) =>
      html`<seg-button label=${`${words}: ${about}`} @click=${does}>${words}</seg-button>`;
    if (this.gone && alert.state !== "closed") return button("Close", () => this.#act({ do: "close" }));
    if (!isWaiting(alert)) {
      return alert.state === "closed" && alert.decision?.kind !== "ended"
        ? nothing
        : button("Reopen", () => this.#act({ do: "reopen" }));
    }
    return html`${button("Known cause", () => this.#say("known_cause"))}
    ${button("New baseline", () => this.#act({ do: "acknowledge", reason: "new_baseline" }))}
    ${button("Snooze", () => this.#say("snooze"))} ${button("False alarm", () => this.#say("false_alarm"))}`;
  }

  #past({ history }: AlertView) {
    if (history.length < 2) return nothing;
    return html`<details>
      <summary>What happened</summary>
      <ol>
        ${history.map((each) => html`<li>${formatMoment(new Date(each.asOf ?? each.at).toISOString())}: ${happeningWords(each)}</li>`)}
      </ol>
    </details>`;
  }

  #say(said: Said | null): void {
    const before = this.said;
    this.said = said;
    if (said === null && before !== null) void this.#back();
  }

  /** The focus returns to the buttons. */
  async #back(): Promise<void> {
    await this.updateComplete;
    this.focus();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(".does seg-button, .does a")?.focus();
  }

  #act(action: AlertAction): void {
    this.#say(null);
    emit(this, "alert-act", { alert: this.alert, action });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-inbox-row": SegInboxRow;
  }
}
