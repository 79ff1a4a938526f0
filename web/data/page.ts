import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { WorkspaceView } from "../../server/run/view.ts";
import "../parts/empty.ts";
import { formatBytes, formatCount } from "../../server/figures/format.ts";
import { formatMoment } from "../../server/figures/format-time.ts";
import "../parts/scroll-frame.ts";
import "../parts/skeleton.ts";
import { page } from "../shell/page-style.ts";
import { OverviewLoad } from "../state/overview-load.ts";
import { routeHref } from "../state/route.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import { readersOfFiles } from "./readers.ts";

/** The files below the data folder, and which cells read each. */
@customElement("seg-data-page")
export class SegDataPage extends LitElement {
  static override styles = [
    base,
    page,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--size-2);
        font-variant-numeric: tabular-nums;
      }
      th {
        padding: 8px 12px;
        border-bottom: 1px solid var(--line);
        color: var(--ink-3);
        font-weight: 500;
        text-align: left;
        white-space: nowrap;
      }
      td,
      tbody th {
        padding: 6px 12px;
        border-bottom: 1px solid var(--line);
        color: var(--ink);
        font-weight: 400;
        vertical-align: top;
      }
      td:nth-child(3) {
        white-space: nowrap;
      }
      td:last-child {
        min-width: 220px;
      }
      tbody tr:last-child > * {
        border-bottom: 0;
      }
      .number {
        text-align: right;
        white-space: nowrap;
      }
      tbody th {
        font-family: var(--mono);
        overflow-wrap: anywhere;
      }
      .none {
        color: var(--ink-3);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  readonly #load = new OverviewLoad(this, () => this.bench);

  override render() {
    const workspace = this.bench?.workspace ?? null;
    if (workspace === null) return html`<h1>Data</h1><seg-skeleton rows="6"></seg-skeleton>`;
    if (workspace.data.length === 0) {
      return html`<h1>Data</h1>
        <seg-empty
          heading="There is no data yet"
          text="Put Parquet or CSV files into the workspace's data folder; they are listed here, and sources can name them."
        ></seg-empty>`;
    }
    const bytes = workspace.data.reduce((sum, file) => sum + file.bytes, 0);
    const files = workspace.data.length;
    return html`<h1>${files === 1 ? "One file" : `${formatCount(files)} files`} of data</h1>
      <p class="lead">${formatBytes(bytes)} in all, in the workspace's data folder. Sources name files by the paths below.</p>
      <div class="card">${this.#table(workspace)}</div>`;
  }

  #table(workspace: WorkspaceView) {
    const readers = readersOfFiles(
      workspace.data.map((file) => file.path),
      this.#load.entries ?? [],
    );
    return html`<seg-scroll-frame label="Files of data">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col" class="number">Size</th>
            <th scope="col">Changed</th>
            <th scope="col">Read by</th>
          </tr>
        </thead>
        <tbody>
          ${workspace.data.map(
            (file) => html`<tr>
              <th scope="row">${file.path}</th>
              <td class="number">${formatBytes(file.bytes)}</td>
              <td>${formatMoment(file.modified)}</td>
              <td>${this.#readers(readers.get(file.path) ?? null)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </seg-scroll-frame>`;
  }

  #readers(readers: readonly { path: string; title: string; cell: string }[] | null) {
    if (this.#load.entries === null) return nothing;
    if (readers === null || readers.length === 0) return html`<span class="none">no cell</span>`;
    return readers.map(
      ({ path, title, cell }, place) =>
        html`${place > 0 ? ", " : ""}<a href=${routeHref({ page: "notebook", path, cell })}>${cell}</a> of ${title}`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-data-page": SegDataPage;
  }
}
