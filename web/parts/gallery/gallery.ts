import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { base } from "../../theme/base.ts";
import "../chart.ts";
import "../editor.ts";
import "../elements.ts";
import { controlView, overlayView } from "./controls.ts";
import { chartView, editorView, tableView, textView } from "./pages.ts";
import { clusterView, seriesView, sizesView } from "./pictures.ts";

/** Everything that a section of the gallery may ask of it. */
export interface Stage {
  opened: string;
  toasts: boolean;
  show: (opened: string) => void;
  toast: () => void;
}

const SECTIONS: Record<string, (stage: Stage) => TemplateResult> = {
  controls: controlView,
  table: tableView,
  cluster: clusterView,
  sizes: sizesView,
  series: seriesView,
  chart: chartView,
  editor: editorView,
  text: textView,
};

const EVENTS = [
  "act",
  "ask",
  "change",
  "close",
  "cut",
  "dismiss",
  "edit",
  "escape",
  "follow",
  "pick",
  "place",
  "sort",
  "stop",
];

/** All parts on one page. `?only=table,series` shows some of them, `?theme=dark` the dark theme. */
@customElement("seg-gallery")
export class SegGallery extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        max-width: 1080px;
        margin: 0 auto;
        padding: var(--gap-4);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h1 {
        margin: 0;
        font-size: var(--size-5);
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      h2 {
        margin: var(--gap-5) 0 var(--gap-2);
        font-size: var(--size-2);
        font-weight: 600;
        color: var(--ink-3);
      }
      section {
        display: grid;
        gap: var(--gap-4);
        grid-template-columns: minmax(0, 1fr);
      }
      output {
        display: block;
        margin-top: var(--gap-5);
        font: var(--size-1) / 1.5 var(--mono);
        color: var(--ink-3);
        overflow-wrap: anywhere;
      }
      .card {
        min-width: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      .out {
        padding: var(--gap-3) 14px;
      }
      .two {
        display: grid;
        grid-template-columns: 250px minmax(0, 1fr);
        gap: var(--gap-4);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
      }
      .inputs {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-3);
        align-items: flex-start;
      }
      .bars {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-4);
        font-size: var(--size-1);
        color: var(--ink-2);
      }
      .bars span {
        display: flex;
        gap: 6px;
      }
      .bars seg-state-bar {
        height: 44px;
      }
      @media (max-width: 720px) {
        .two {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @state() private opened = "";
  @state() private toasts = false;
  @state() private last = "";

  override connectedCallback(): void {
    super.connectedCallback();
    const asked = new URLSearchParams(location.search);
    document.documentElement.dataset.theme = asked.get("theme") ?? "light";
    for (const name of EVENTS) this.renderRoot.addEventListener(name, (event) => this.#log(event));
  }

  override render() {
    const only = new URLSearchParams(location.search).get("only")?.split(",");
    const stage: Stage = {
      opened: this.opened,
      toasts: this.toasts,
      show: (opened) => {
        this.opened = opened;
      },
      toast: () => {
        this.toasts = !this.toasts;
      },
    };
    return html`<main>
      <header>
        <h1>Parts</h1>
        <seg-button @click=${this.#turnTheme}>Dark or light</seg-button>
      </header>
      ${Object.entries(SECTIONS)
        .filter(([name]) => only === undefined || only.includes(name))
        .map(
          ([name, view]) => html`<h2>${name}</h2>
            <section id=${name}>${view(stage)}</section>`,
        )}
      <output>${this.last}</output>
      ${overlayView(stage)}
    </main>`;
  }

  #log(event: Event): void {
    if (!(event instanceof CustomEvent)) return;
    this.last = `${event.type} ${JSON.stringify(event.detail)}`;
    if (event.type === "close" || event.type === "pick") this.opened = "";
    if (event.type === "dismiss" || event.type === "act") this.toasts = false;
  }

  #turnTheme(): void {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  }
}
