import { html, LitElement, nothing, svg } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { CutQuality } from "../../server/figures/cluster-relations.ts";
import { type DendrogramDrawing, drawDendrogram } from "../../server/figures/dendrogram-drawing.ts";
import {
  clustersAt,
  cutHeight,
  type Merge,
  mergeTree,
  shownHeights,
  type TreeNode,
} from "../../server/figures/dendrogram-tree.ts";
import { formatCount, formatNumber } from "../../server/figures/format.ts";
import { base } from "../theme/base.ts";
import { ThemeColours } from "../theme/colours.ts";
import { dendrogramStyle } from "./dendrogram-style.ts";
import { emit } from "./emit.ts";
import { MeasuredWidth } from "./measured-width.ts";

export type { Merge } from "../../server/figures/dendrogram-tree.ts";

const HEIGHT = 172;
const TOP = 10;
const FOOT = 24;
/** A cut makes two at least; a clustering may have been left whole. */
const FEWEST = 2;

/**
 * The last merges of a clustering, with a line that cuts them into k clusters: dragged, or moved by the arrow keys.
 * Event: `cut` with `{ k }`, when the line is let go.
 */
@customElement("seg-dendrogram")
export class SegDendrogram extends LitElement {
  static override styles = [base, dendrogramStyle];

  /** All merges, or the last few hundred, in order of height. */
  @property({ attribute: false }) merges: Merge[] = [];
  @property({ type: Number }) k = 4;
  @property({ attribute: false }) validity: CutQuality[] = [];
  /** The k that the clustering recommends, or null. */
  @property({ attribute: false }) recommended: number | null = null;
  /** Numbers that the clusters have and go on with, largest first; none where they are by size. */
  @property({ attribute: false }) numbers: readonly number[] = [];
  /** Most clusters that the line can make. */
  @property({ type: Number }) most = 10;
  /** Tips that are drawn. */
  @property({ type: Number }) tips = 24;
  @property({ type: Boolean, attribute: "read-only" }) readOnly = false;
  @property() label = "Dendrogram";

  /** The k under the line while it is being dragged. */
  @state() private dragged: number | null = null;

  readonly #width = new MeasuredWidth(this, { of: ".frame", first: 250, least: 120 });
  readonly #colours = new ThemeColours(this);
  #tree: TreeNode | null = null;
  #heights: number[] = [];
  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("merges") && !changed.has("tips") && !changed.has("most")) return;
    this.#tree = mergeTree(this.merges, Math.max(this.tips, this.most));
    this.#heights = this.#tree ? shownHeights(this.#tree) : [];
  }

  override render() {
    const tree = this.#tree;
    if (tree === null) return html`<p>There are no merges to draw.</p>`;
    const k = Math.max(this.#fewest, Math.min(this.dragged ?? this.k, this.#most));
    const cut = this.#y(cutHeight(this.#heights, k));
    const frame = { width: this.#width.value, k, numbers: this.numbers, y: (height: number) => this.#y(height), cut };
    const drawing = drawDendrogram(tree, frame);
    return html`<div
        class="frame"
        @pointerdown=${this.#grab}
        @pointermove=${this.#drag}
        @pointerup=${this.#release}
        @pointercancel=${() => {
          this.dragged = null;
        }}
      >
        <svg
          viewBox="0 0 ${this.#width.value} ${HEIGHT + FOOT}"
          height=${HEIGHT + FOOT}
          role="img"
          aria-label=${this.#words(tree, drawing)}
        >
          ${drawing.lines.map(
            (line) =>
              svg`<path d=${line.path} stroke=${line.cluster === null ? "var(--ink-3)" : this.#colours.at(line.cluster - 1)} />`,
          )}
          ${drawing.clusters.map((cluster) => this.#foot(cluster))}
        </svg>
        ${this.#line(k, cut)}
      </div>
      <p>${this.#caption(k)}</p>`;
  }

  get #fewest(): number {
    return Math.min(FEWEST, Math.max(1, this.k));
  }

  get #most(): number {
    return Math.min(this.most, this.#heights.length + 1);
  }

  #y(height: number): number {
    const highest = this.#heights[0] ?? 1;
    return TOP + (1 - height / (highest * 1.06 || 1)) * (HEIGHT - TOP);
  }

  #foot(cluster: DendrogramDrawing["clusters"][number]) {
    const half = Math.max(2, this.#width.value / 2 / (this.#heights.length + 1) - 2);
    const middle = (cluster.from + cluster.to) / 2;
    return svg`<rect
        x=${cluster.from - half} y=${HEIGHT + 3} width=${cluster.to - cluster.from + 2 * half} height="3"
        fill=${this.#colours.at(cluster.number - 1)} />
      <text x=${middle} y=${HEIGHT + 19}>${cluster.number}</text>`;
  }

  #line(k: number, cut: number) {
    if (this.readOnly) return html`<div class="cut fixed" style="top:${cut}px"><b>${k}</b></div>`;
    return html`<div
      class="cut ${this.dragged === null ? "" : "dragging"}"
      style="top:${cut}px"
      role="slider"
      tabindex="0"
      aria-label="Number of clusters"
      aria-orientation="vertical"
      aria-valuemin=${this.#fewest}
      aria-valuemax=${this.#most}
      aria-valuenow=${k}
      aria-valuetext=${`${k} clusters${this.#stability(k) === null ? "" : `, stability ${this.#stability(k)}`}`}
      @keydown=${this.#key}
    >
      <b aria-hidden="true">${k}</b>
    </div>`;
  }

  /** Left and up leave fewer clusters, right and down more: up and down move the line as it is seen. */
  #key(event: KeyboardEvent): void {
    const moves: Record<string, number> = {
      ArrowUp: this.k - 1,
      ArrowLeft: this.k - 1,
      ArrowDown: this.k + 1,
      ArrowRight: this.k + 1,
      Home: FEWEST,
      End: this.#most,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#cut(to);
  }

  #grab(event: PointerEvent): void {
    if (this.readOnly || event.button !== 0) return;
    const line = this.renderRoot.querySelector<HTMLElement>(".cut");
    line?.focus({ preventScroll: true });
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#follow(event);
  }

  #drag(event: PointerEvent): void {
    if (this.dragged !== null) this.#follow(event);
  }

  #follow(event: PointerEvent): void {
    const frame = event.currentTarget as HTMLElement;
    const y = event.clientY - frame.getBoundingClientRect().top;
    const height = (1 - (y - TOP) / (HEIGHT - TOP)) * (this.#heights[0] ?? 1) * 1.06;
    this.dragged = Math.max(FEWEST, Math.min(this.#most, clustersAt(this.#heights, height)));
  }

  #release(): void {
    if (this.dragged === null) return;
    const to = this.dragged;
    this.dragged = null;
    this.#cut(to);
  }

  #cut(to: number): void {
    const k = Math.max(FEWEST, Math.min(this.#most, to));
    if (k === this.k) return;
    this.k = k;
    emit(this, "cut", { k });
  }

  #stability(k: number): string | null {
    const stability = this.validity.find((entry) => entry.k === k)?.stability ?? null;
    return stability === null ? null : formatNumber(stability, { digits: 2 });
  }

  #caption(k: number) {
    const own = this.#stability(k);
    const others = this.validity
      .filter((entry) => entry.k !== k && Math.abs(entry.k - k) <= 2 && entry.stability !== null)
      .map((entry) => `${entry.k}: ${this.#stability(entry.k)}`);
    const quality = own === null ? "" : `: stability ${own}${others.length ? ` (${others.join(", ")})` : ""}`;
    const advice =
      this.recommended === null
        ? ""
        : this.recommended === k
          ? " Recommended."
          : ` Recommended is ${this.recommended}.`;
    return html`Cut at ${k}${quality}.${advice || nothing}`;
  }

  #words(tree: TreeNode, drawing: DendrogramDrawing): string {
    const sizes = [...drawing.clusters]
      .sort((a, b) => a.number - b.number)
      .map((cluster) => `${cluster.number}${cluster.size === null ? "" : `: ${formatCount(cluster.size)}`}`);
    return `${this.label}: ${formatCount(tree.size ?? 0)} in ${drawing.clusters.length} clusters (${sizes.join(", ")})`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-dendrogram": SegDendrogram;
  }
}
