import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { formatCount, formatPercent } from "../../server/figures/format.ts";
import type { SegmentSize } from "../../server/figures/segmentation.ts";
import type { Cell } from "../../server/notebook/model.ts";
import type { CellView } from "../../server/run/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import "../parts/menu.ts";
import { routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { askable, base } from "../theme/base.ts";
import { heldOutWords } from "./held-out.ts";
import type { SegmentAt, SegmentEntry, SegmentHands } from "./segment-at.ts";
import { nameFault } from "./segment-edits.ts";
import { segmentListStyle } from "./segment-list-style.ts";
import { SEGMENT_MENU } from "./segment-menu.ts";
import { writtenRules } from "./written-rules.ts";

/** The segments of a cell: size, share, what the rule means, and what can be done. Events: `ask` with `{ name }`, `make-change`, `port-segment`. */
@customElement("seg-segment-list")
export class SegSegmentList extends LitElement {
  static override styles = [base, askable, segmentListStyle];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ attribute: false }) view: CellView | null = null;
  /** Of the last result; empty where there is none. */
  @property({ attribute: false }) sizes: readonly SegmentSize[] = [];
  /** The panel that is open, by its entry and segment. */
  @state() private adding: { readonly name: string | null } | null = null;
  @state() private open: { readonly entry: string; readonly segment: string } | null = null;

  /** Whose panel is to get the focus once it is drawn: a copy's row comes with the text that has it. */
  #focus: string | null = null;

  /** What had the focus before an update, and in which row: rows that change places lose it. */
  #held: { readonly element: HTMLElement; readonly place: number } | null = null;

  override willUpdate(): void {
    const element = this.shadowRoot?.activeElement;
    const row = element?.closest("li") ?? null;
    this.#held = element instanceof HTMLElement && row !== null ? { element, place: this.#rows.indexOf(row) } : null;
  }

  override updated(): void {
    this.#hold();
    if (this.#focus === null) return;
    const row = this.#rows.find((li) => li.dataset.segment === this.#focus);
    const panel = row?.querySelector<HTMLElement>(".panel > *") ?? null;
    if (panel === null) return;
    this.#focus = null;
    panel.focus();
  }

  get #rows(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll("li")];
  }

  /** The focus stays where it was; where that is gone, it goes to the row that took its place. */
  #hold(): void {
    const held = this.#held;
    this.#held = null;
    if (held === null || this.shadowRoot?.activeElement !== null) return;
    const rows = this.#rows;
    const row = rows[Math.min(held.place, rows.length - 1)];
    const next = held.element.isConnected ? held.element : row?.querySelector<HTMLElement>("seg-menu, seg-button");
    next?.focus();
  }

  override render() {
    const { session, cell, view } = this;
    if (session === null || cell === null || view === null) return nothing;
    const written = writtenRules(cell)?.map(({ name }) => name) ?? this.sizes.map(({ name }) => name);
    const rest = this.sizes.map(({ name }) => name).filter((name) => !written.includes(name));
    const shown = [...written, ...rest].filter((name) => name !== this.adding?.name);
    const rows = shown.map((segment): SegmentAt => {
      const role = written.includes(segment) ? "segment" : "rest";
      return { session, cell, view, segment, role, names: written };
    });
    return html`<ul class=${view.state === "fresh" ? "" : "old"} aria-label=${`Segments of ${cell.id}`}>
      ${repeat(
        rows,
        ({ segment }) => segment,
        (at) => this.#row(at),
      )}
    </ul>
    ${session.file.readOnly ? nothing : this.#added({ session, cell, view, segment: "", role: "segment", names: written })}`;
  }

  /** Opens an entry's panel below a segment. */
  show(entry: string, segment: string): void {
    this.open = { entry, segment };
    this.#focus = segment;
    this.requestUpdate();
  }

  /** Begins a new segment: its name first. */
  add(): void {
    this.adding = { name: null };
  }

  /** A new segment is in the text once its first condition has been chosen. */
  #added(at: SegmentAt) {
    const { adding } = this;
    if (adding === null) return html`<seg-button kind="quiet" @click=${() => this.add()}>Add a segment</seg-button>`;
    const { name } = adding;
    if (name === null) {
      return html`<seg-segment-name
        label="Name of the new segment"
        action="Build its rule"
        about="It is in the text once its rule has a condition."
        .fault=${(typed: string) => nameFault({ ...at, segment: null }, typed)}
        @name=${(event: CustomEvent<{ name: string }>) => this.#named(event.detail.name)}
        @leave=${() => this.#leaveAdding()}
      ></seg-segment-name>`;
    }
    const rule = { name, path: ["segments", name] };
    return html`<h3>${name}</h3>
      <seg-rule-builder
        .session=${at.session}
        .cell=${at.cell}
        .rule=${rule}
        @close=${() => this.#leaveAdding()}
      ></seg-rule-builder>`;
  }

  #named(name: string): void {
    this.adding = { name };
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("seg-rule-builder")?.focus());
  }

  #leaveAdding(): void {
    this.adding = null;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(":host > seg-button, ul + seg-button")?.focus(),
    );
  }

  #row(at: SegmentAt) {
    const { segment, role } = at;
    const size = this.sizes.find(({ name }) => name === segment) ?? null;
    const entries = SEGMENT_MENU.filter((entry) => this.#fits(entry, at));
    const [first, ...others] = entries;
    const panel = this.open?.segment === segment ? entries.find(({ id }) => id === this.open?.entry)?.panel : undefined;
    // The builder says it as it changes.
    const isBuilt = this.open?.segment === segment && this.open.entry === "rule";
    const heldOut = heldOutWords(at.view.body, segment);
    const words = size?.words ?? at.view.words[segment] ?? null;
    return html`<li class=${role} data-segment=${segment}>
      <a class="name" href=${pageOf(at)}>${segment}</a>
      <span class="track" aria-hidden="true">${bar(size)}</span>
      ${this.#size(at, size)}
      <span class="acts">
        ${
          first === undefined
            ? nothing
            : html`<seg-button
                kind="quiet"
                label=${`${first.label}: ${segment}`}
                .expanded=${first.panel === undefined ? null : this.open?.segment === segment && this.open.entry === first.id}
                @click=${() => this.#choose(first, at)}
                >${first.label}</seg-button
              >`
        }
        ${
          others.length === 0
            ? nothing
            : html`<seg-menu
                label="More"
                described=${`More for ${segment}`}
                .items=${others.map(({ id, label, hint, apart }) => ({ id, label, ...(hint ? { hint } : {}), ...(apart ? { apart } : {}) }))}
                @pick=${(event: CustomEvent<{ id: string }>) => this.#picked(event, others, at)}
              ></seg-menu>`
        }
      </span>
      ${words === null || isBuilt ? nothing : html`<p class="sentence">${words}</p>`}
      ${heldOut === "" ? nothing : html`<p class="sentence">${heldOut}</p>`}
      ${panel === undefined ? nothing : html`<div class="panel">${panel(at, { ...this.#hands(at), close: () => this.#close(at) })}</div>`}
    </li>`;
  }

  #size({ segment }: SegmentAt, size: SegmentSize | null) {
    if (size === null)
      return html`<span class="number">—<span class="spoken"> not counted yet</span></span><span></span>`;
    const ask = () => emit(this, "ask", { name: segment });
    const share = size.share === null ? "" : formatPercent(size.share, { digits: 1 });
    return html`<span class="number"
        ><button class="ask" @click=${ask}>
          ${formatCount(size.people)}<span class="spoken"> people in ${segment}</span>
        </button></span
      >
      <span class="number share">${share}</span>`;
  }

  #fits(entry: SegmentEntry, at: SegmentAt): boolean {
    return entry.fits?.(at) ?? true;
  }

  #picked(event: CustomEvent<{ id: string }>, entries: readonly SegmentEntry[], at: SegmentAt): void {
    event.stopPropagation();
    const entry = entries.find(({ id }) => id === event.detail.id);
    if (entry !== undefined) this.#choose(entry, at);
  }

  #choose(entry: SegmentEntry, at: SegmentAt): void {
    entry.act?.(at, this.#hands(at));
    if (entry.panel === undefined) return;
    const isOpen = this.open?.entry === entry.id && this.open.segment === at.segment;
    if (isOpen) this.#close(at);
    else this.show(entry.id, at.segment);
  }

  /** The focus goes back to the segment's menu. */
  #close({ segment }: SegmentAt): void {
    this.open = null;
    this.#focus = null;
    const row = this.#rows.find((li) => li.dataset.segment === segment);
    row?.querySelector<HTMLElement>("seg-button, seg-menu")?.focus();
  }

  #hands({ segment }: SegmentAt): SegmentHands {
    return {
      make: (change) => emit(this, "make-change", change),
      people: () => emit(this, "ask", { name: segment }),
      port: (asked) => emit(this, "port-segment", asked),
      open: (entry, other) => this.show(entry, other),
    };
  }
}

function bar(size: SegmentSize | null) {
  const share = size?.share ?? 0;
  return share > 0 ? html`<i style="width:${Math.min(100, share * 100)}%"></i>` : nothing;
}

/** The address of a segment's own page. */
function pageOf({ session, cell, segment }: SegmentAt): string {
  return routeHref({ page: "segment", path: session.path, segments: [{ cell: cell.id, name: segment }] });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-segment-list": SegSegmentList;
  }
}
