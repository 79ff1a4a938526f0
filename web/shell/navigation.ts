import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import "../parts/button.ts";
import "../parts/pill.ts";
import { STATE_WORDS } from "../../server/figures/cell-words.ts";
import { formatCount } from "../../server/figures/format.ts";
import { emit } from "../parts/emit.ts";
import { notebookName } from "../state/notebook-name.ts";
import type { Route } from "../state/route.ts";
import { routeHref } from "../state/route.ts";
import { pressingCount } from "../state/waiting-alerts.ts";
import { Watch } from "../state/watchable.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";

/** The left column: the workbench's four places, the notebooks, and the cells of the open one. Event: `new-notebook`. */
@customElement("seg-navigation")
export class SegNavigation extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: var(--gap-3);
        font: var(--size-2) / 1.5 var(--font);
      }
      ul {
        display: grid;
        gap: 1px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      a {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--gap-2);
        padding: 5px 10px;
        border-radius: 7px;
        color: var(--ink-2);
        text-decoration: none;
        overflow-wrap: anywhere;
      }
      a:hover {
        background: var(--sunk);
        color: var(--ink);
      }
      a[aria-current] {
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: 600;
      }
      a small {
        flex: none;
        color: inherit;
        font-size: var(--size-1);
        font-variant-numeric: tabular-nums;
      }
      a small.stale {
        color: color-mix(in oklab, var(--stale) 80%, var(--ink));
      }
      a small.failed,
      a small.blocked {
        color: var(--failed);
      }
      a small.running,
      a small.waiting {
        color: var(--running);
      }
      h2 {
        margin: 18px 10px 6px;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 600;
      }
      .id {
        font-family: var(--mono);
        font-size: 12px;
      }
      seg-button {
        margin: 4px 0 0 -1px;
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;

  constructor() {
    super();
    new Watch(this, () => [
      this.bench,
      this.bench?.place,
      this.bench?.overview,
      this.bench?.alerts,
      this.bench?.session,
    ]);
  }

  override render() {
    const bench = this.bench;
    if (bench === null) return nothing;
    const { route } = bench.place;
    const files = bench.workspace?.data.length ?? null;
    const { segments, entries } = bench.overview;
    const alerts = pressingCount(entries, bench.alerts.view);
    return html`<ul>
        ${this.#place("Notebooks", "/", route.page === "notebook" || route.page === "start", nothing)}
        ${this.#place("Segments", "/segments", route.page === "segments" || route.page === "segment", segments === null ? nothing : html`<small>${formatCount(segments)}</small>`)}
        ${this.#place(
          "Monitor",
          "/monitor",
          route.page === "monitor" || route.page === "series",
          alerts === null || alerts === 0
            ? nothing
            : html`<seg-pill tone="failed">${formatCount(alerts)}<span class="spoken"> open alerts</span></seg-pill>`,
        )}
        ${this.#place("Data", "/data", route.page === "data", files === null ? nothing : html`<small>${formatCount(files)}</small>`)}
      </ul>
      <h2>Notebooks</h2>
      <ul>
        ${bench.workspace?.notebooks.map((notebook, _, all) => {
          const here: Route = { page: "notebook", path: notebook.path, cell: null };
          const current = route.page === "notebook" && route.path === notebook.path;
          return this.#place(notebookName(notebook, all), routeHref(here), current, nothing);
        })}
      </ul>
      <seg-button kind="quiet" @click=${() => emit(this, "new-notebook", null)}>New notebook</seg-button>
      ${this.#outline(route)}`;
  }

  #place(words: string, href: string, current: boolean, count: unknown) {
    return html`<li><a href=${href} aria-current=${current ? "page" : nothing}><span>${words}</span>${count}</a></li>`;
  }

  #outline(route: Route) {
    const session = this.bench?.session;
    if (!session || route.page !== "notebook" || route.path !== session.path) return nothing;
    if (session.notebook.cells.length === 0) return nothing;
    return html`<h2>In this notebook</h2>
      <ul>
        ${session.notebook.cells.map((cell) => {
          const state = session.cell(cell.id)?.state ?? "unknown";
          const quiet = state === "fresh" || state === "unknown" || cell.kind === "input";
          const href = routeHref({ page: "notebook", path: session.path, cell: cell.id });
          return html`<li>
            <a href=${href} aria-current=${session.at === cell.id ? "location" : nothing}
              ><span class="id">${cell.id}</span>${quiet ? nothing : html`<small class=${state}>${STATE_WORDS[state]}</small>`}</a
            >
          </li>`;
        })}
      </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-navigation": SegNavigation;
  }
}
