import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { prepareSpec, refusals, type Spec, temporalFields, unknownFields } from "../../server/figures/chart-guard.ts";
import { type ChartData, chartRows } from "../../server/figures/chart-rows.ts";
import { chartConfig } from "../../server/figures/chart-theme.ts";
import { readerLocale } from "../../server/figures/format.ts";
import { base } from "../theme/base.ts";
import { ThemeColours } from "../theme/colours.ts";
import type { DrawnChart } from "./chart-drawing.ts";
import "./problem.ts";
import type { ShownProblem } from "./problem.ts";
import "./skeleton.ts";

export type { Spec } from "../../server/figures/chart-guard.ts";
export type { ChartData } from "../../server/figures/chart-rows.ts";

interface Tip {
  x: number;
  y: number;
  entries: [string, string][];
}

/** A Vega-Lite specification over one relation. The library comes when the first chart is drawn. */
@customElement("seg-chart")
export class SegChart extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        min-width: 0;
        font: var(--size-2) / 1.5 var(--font);
        color: var(--ink);
      }
      .place {
        width: 100%;
        min-height: 40px;
        overflow-x: auto;
      }
      .place svg {
        display: block;
      }
      .place form {
        font-size: var(--size-2);
      }
      .tip {
        position: fixed;
        z-index: 30;
        display: grid;
        grid-template-columns: auto auto;
        gap: 0 var(--gap-3);
        padding: 5px 10px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--card);
        font-size: var(--size-1);
        font-variant-numeric: tabular-nums;
        box-shadow: var(--shadow);
        pointer-events: none;
      }
      .tip span:nth-child(odd) {
        color: var(--ink-3);
      }
      .tip span:nth-child(even) {
        text-align: right;
      }
    `,
  ];

  @property({ attribute: false }) spec: Spec | null = null;
  @property({ attribute: false }) data: ChartData | null = null;
  /** What it shows, for whoever does not see it; the specification's own description goes before. */
  @property() label = "Chart";

  @state() private problems: ShownProblem[] = [];
  @state() private drawn = false;
  @state() private tip: Tip | null = null;

  readonly #colours = new ThemeColours(this);
  #chart: DrawnChart | null = null;
  #turn = 0;
  #asked: { spec: Spec | null; data: ChartData | null; theme: string | undefined } | null = null;
  #sizes: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#turn += 1;
    this.#asked = null;
    this.#sizes?.disconnect();
    this.#sizes = null;
    this.#chart?.finalize();
    this.#chart = null;
    this.drawn = false;
  }

  override updated(): void {
    const theme = document.documentElement.dataset.theme;
    const same = this.#asked?.spec === this.spec && this.#asked.data === this.data && this.#asked.theme === theme;
    if (same) return;
    this.#asked = { spec: this.spec, data: this.data, theme };
    void this.updateComplete.then(() => this.#draw());
  }

  override render() {
    const waiting = !this.drawn && this.problems.every((problem) => problem.severity !== "error");
    return html`${waiting ? html`<seg-skeleton kind="chart" label="Drawing the chart"></seg-skeleton>` : nothing}
      <div class="place" ?hidden=${!this.drawn}></div>
      ${this.problems.map((problem) => html`<seg-problem .problem=${problem}></seg-problem>`)} ${this.#tipView()}`;
  }

  get #place(): HTMLElement | null {
    return this.renderRoot.querySelector(".place");
  }

  /** The last change wins: what was begun before is thrown away when it arrives. */
  async #draw(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const { spec, data } = this;
    if (spec === null || data === null) return;
    const refused = refusals(spec);
    if (refused.length > 0) {
      this.#fail(
        refused.map((entry) => ({ severity: "error", place: entry.path, message: entry.message, hint: entry.hint })),
      );
      return;
    }
    const names = data.columns.map((column) => column.name);
    const unknown = unknownFields(spec, names).map<ShownProblem>((field) => ({
      severity: "warning",
      message: `The chart reads “${field}”, which the relation does not have.`,
      hint: `It has ${names.join(", ")}.`,
    }));
    try {
      const { drawChart } = await import("./chart-drawing.ts");
      if (turn !== this.#turn) return;
      this.drawn = true;
      await this.updateComplete;
      const holder = document.createElement("div");
      holder.style.width = "100%";
      this.#place?.replaceChildren(holder);
      const values = chartRows(data, temporalFields(spec));
      const chart = await drawChart(holder, {
        spec: { ...prepareSpec(spec, this.label), data: { values } },
        config: chartConfig(this.#colours),
        locale: readerLocale(),
        tooltip: (_handler, event, _item, value) => this.#showTip(event, value),
      });
      if (turn !== this.#turn) return chart.finalize();
      this.#chart?.finalize();
      this.#chart = chart;
      this.problems = unknown.length > 0 ? unknown : chart.warnings.slice(0, 3).map(warningOf);
      this.#watch();
    } catch (error) {
      if (turn !== this.#turn) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#fail([{ severity: "error", message: `The chart can't be drawn: ${message}`, hint: "Look at its spec." }]);
    }
  }

  #fail(problems: ShownProblem[]): void {
    this.#chart?.finalize();
    this.#chart = null;
    this.drawn = false;
    this.problems = problems;
  }

  #watch(): void {
    const place = this.#place;
    if (place === null || this.#sizes !== null) return;
    let before = place.clientWidth;
    this.#sizes = new ResizeObserver(() => {
      if (place.clientWidth === before || place.clientWidth === 0) return;
      before = place.clientWidth;
      this.#chart?.resize(before);
    });
    this.#sizes.observe(place);
  }

  #showTip(event: MouseEvent, value: unknown): void {
    if (value === null || value === undefined || value === "") {
      this.tip = null;
      return;
    }
    const entries: [string, string][] =
      typeof value === "object"
        ? Object.entries(value).map(([name, text]) => [name, String(text)])
        : [["", String(value)]];
    this.tip = { x: event.clientX, y: event.clientY, entries: entries.slice(0, 12) };
  }

  #tipView() {
    if (this.tip === null) return nothing;
    const right = this.tip.x > innerWidth - 220;
    const at = right ? `right:${innerWidth - this.tip.x + 12}px` : `left:${this.tip.x + 12}px`;
    return html`<div class="tip" aria-hidden="true" style="${at};top:${this.tip.y + 12}px">
      ${this.tip.entries.map(([name, text]) => html`<span>${name}</span><span>${text}</span>`)}
    </div>`;
  }
}

function warningOf(text: string): ShownProblem {
  return { severity: "note", message: text, hint: "" };
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-chart": SegChart;
  }
}
