import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { PartDiff } from "../../server/notebook/diff/model.ts";
import { diffSentence, isTold } from "../../server/notebook/diff/tell.ts";
import "../parts/button.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import { isTyping } from "../shell/key-reader.ts";
import { page } from "../shell/page-style.ts";
import { Comparison } from "../state/comparison.ts";
import { type Against, isOther, routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { Watch } from "../state/watchable.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import "./part.ts";
import type { SegDiffPart } from "./part.ts";
import "./picker.ts";
import "./results.ts";
import "./unchanged.ts";

/** A notebook beside an earlier version, another notebook, or its file: cell by cell what differs, and what that does to the results. */
@customElement("seg-diff-page")
export class SegDiffPage extends LitElement {
  static override styles = [
    base,
    page,
    css`
      .way {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
        margin: var(--gap-4) 0 var(--gap-2);
      }
      .way p {
        margin: 0 auto 0 0;
        font-weight: 600;
      }
      seg-diff-part,
      seg-diff-unchanged {
        margin: 0 0 var(--gap-3);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false, hasChanged: isOther }) against: Against | null = null;
  #comparison: Comparison | null = null;

  constructor() {
    super();
    new Watch(this, () => [this.#comparison, this.session]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#key);
    if (this.#comparison !== null) keepForNow(this.#comparison);
    this.#comparison = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.#key);
    this.requestUpdate("against");
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("session") && !changed.has("against")) return;
    this.#comparison?.close();
    const { bench, session, against } = this;
    this.#comparison =
      bench && session && against ? (keptOf(session, against) ?? new Comparison(bench.api, session, against)) : null;
  }

  override render() {
    const { bench, session } = this;
    if (bench === null || session === null) return html`<seg-skeleton rows="6"></seg-skeleton>`;
    return html`<h1>${session.title}, compared</h1>
      <p class="lead">
        <a href=${routeHref({ page: "notebook", path: session.path, cell: null })}>Back to the notebook</a>
      </p>
      <seg-diff-picker
        .bench=${bench}
        .session=${session}
        .against=${this.against}
        @choose=${(event: CustomEvent<{ against: Against }>) => this.#choose(event.detail.against, "go")}
        @offer=${(event: CustomEvent<{ against: Against }>) => this.#choose(event.detail.against, "settle")}
      ></seg-diff-picker>
      ${this.#found()}`;
  }

  #choose(against: Against, how: "go" | "settle"): void {
    const { bench, session } = this;
    if (bench === null || session === null) return;
    bench.place[how]({ page: "compare", path: session.path, against });
  }

  #found() {
    const comparison = this.#comparison;
    if (comparison === null) return nothing;
    if (comparison.problem !== null) return html`<seg-problem .problem=${comparison.problem}></seg-problem>`;
    const { diff } = comparison;
    if (diff === null) return html`<seg-skeleton rows="5"></seg-skeleton>`;
    const groups = grouped(diff.parts);
    const told = groups.filter((group) => "part" in group).length;
    return html`<div class="way">
        <p role="status">${diffSentence(diff)}</p>
        ${
          told < 2
            ? nothing
            : html`<seg-button kind="quiet" keys="P" @click=${() => this.#step(-1)}>Previous change</seg-button>
                <seg-button kind="quiet" keys="N" @click=${() => this.#step(1)}>Next change</seg-button>`
        }
      </div>
      ${groups.map((group) =>
        "part" in group
          ? html`<seg-diff-part tabindex="-1" .change=${group.part}></seg-diff-part>`
          : html`<seg-diff-unchanged .parts=${group.same}></seg-diff-unchanged>`,
      )}
      ${diff.differs ? html`<seg-diff-results .comparison=${comparison}></seg-diff-results>` : nothing}`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const isOurs = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOurs || isTyping(event.composedPath())) return;
    const by = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (by === undefined) return;
    event.preventDefault();
    this.#step(by);
  };

  /** Goes to the change after or before the one that has the focus. */
  #step(by: number): void {
    const parts = [...this.renderRoot.querySelectorAll<SegDiffPart>("seg-diff-part")];
    const focused = parts.findIndex((part) => part.matches(":focus-within"));
    const next = focused < 0 ? (by > 0 ? 0 : parts.length - 1) : focused + by;
    parts[Math.min(parts.length - 1, Math.max(0, next))]?.focus();
  }
}

/** The comparison of a page that has just gone: where the window's width changes, another page takes its place at once. */
let kept: Comparison | null = null;

function keepForNow(comparison: Comparison): void {
  kept = comparison;
  setTimeout(() => {
    if (kept !== comparison) return;
    kept = null;
    comparison.close();
  });
}

function keptOf(session: Session, against: Against): Comparison | null {
  const found = kept !== null && kept.session === session && !isOther(kept.against, against) ? kept : null;
  if (found !== null) kept = null;
  return found;
}

type Group = { readonly part: PartDiff } | { readonly same: readonly PartDiff[] };

/** Neighbours that are the same as one. */
function grouped(parts: readonly PartDiff[]): Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (isTold(part)) groups.push({ part });
    else if (last !== undefined && "same" in last) groups[groups.length - 1] = { same: [...last.same, part] };
    else groups.push({ same: [part] });
  }
  return groups;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-page": SegDiffPage;
  }
}
