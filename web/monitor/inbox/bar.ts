import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatMoment } from "../../../server/figures/format-time.ts";
import { newsWords } from "../../../server/figures/living-alerts.ts";
import "../../parts/button.ts";
import { emit } from "../../parts/emit.ts";
import type { Alerts } from "../../state/alerts.ts";
import { Watch } from "../../state/watchable.ts";
import { base } from "../../theme/base.ts";
import { isMeant, type Of } from "./of.ts";

/** Changes of an update that are told each. */
const MOST_NEWS = 3;

/** When alerts were recorded last and what that changed, and how they are brought up to date. Events: `annotate`, `bring`. */
@customElement("seg-inbox-bar")
export class SegInboxBar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
      }
      p {
        flex: 1 1 20ch;
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) alerts: Alerts | null = null;
  @property({ attribute: false }) of: Of | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.alerts]);
  }

  override render() {
    const { alerts, of } = this;
    if (alerts === null) return nothing;
    const recorded = alerts.view?.recorded.filter((each) => isMeant(of, each)) ?? [];
    const newest = recorded.length === 0 ? null : Math.max(...recorded.map(({ at }) => at));
    const words =
      newest === null
        ? "Nothing is recorded yet: bring it up to date to keep alerts and decide on them."
        : `Recorded ${formatMoment(new Date(newest).toISOString())}.`;
    return html`<p role="status">${alerts.isUpdating ? underWay(alerts) : html`${words} ${changed(alerts)}`}</p>
      <seg-button @click=${() => emit(this, "annotate", null)}>Annotate</seg-button>
      <seg-button
        kind=${newest === null && !alerts.isUpdating ? "primary" : "plain"}
        @click=${() => (alerts.isUpdating ? alerts.stop() : emit(this, "bring", null))}
        >${alerts.isUpdating ? "Stop" : "Bring up to date"}</seg-button
      >`;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("seg-button")?.focus();
  }
}

function underWay({ news }: Alerts): string {
  const last = news.findLast((each) => each.what === "notebook");
  return last?.what === "notebook"
    ? `Bringing up to date: notebook ${last.index + 1} of ${last.of}, ${last.path} …`
    : "Bringing up to date …";
}

/** What the last update changed. */
function changed({ news }: Alerts) {
  if (news.length === 0) return nothing;
  const problems = news.flatMap((each) => (each.what === "problem" ? [each.problem.message] : []));
  const sentences = [...problems, ...newsWords(news)];
  if (sentences.length === 0) return "Nothing has changed.";
  return html`${sentences.length === 1 ? "One thing changed." : `${sentences.length} things changed.`}
    ${sentences.slice(0, MOST_NEWS).map((sentence) => html`<br />${sentence}`)}
    ${sentences.length > MOST_NEWS ? html`<br />… and what is listed below.` : nothing}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-inbox-bar": SegInboxBar;
  }
}
