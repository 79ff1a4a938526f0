import { css, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { axesWords, type MapPoint, mapAxes, mapPoints } from "../../../server/figures/cluster-map.ts";
import { formatCount } from "../../../server/figures/format.ts";
import type { ResultPage } from "../../../server/run/view.ts";
import "../../parts/scatter.ts";
import type { LoadPage, TableSort } from "../../parts/table.ts";
import "../../parts/table.ts";
import { AllRows } from "../../state/relation.ts";
import { CellOutput } from "../output.ts";
import { notRun } from "../relation-table.ts";
import { inOrder } from "./in-order.ts";

/** People along the two directions in which they differ most; a box picks some, who stand below with their values. */
@customElement("seg-cluster-map")
export class SegClusterMap extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      seg-table {
        --seg-table-height: 260px;
        border-top: 1px solid var(--line);
      }
      .about {
        margin: 0 0 6px;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) names: Readonly<Record<number, string>> = {};
  @state() private picked: readonly number[] | null = null;
  readonly #map = new AllRows(this, () => this.reading("_map"), { most: 50_000 });
  readonly #components = new AllRows(this, () => this.reading("_components"), { most: 500 });
  #drawn: { page: ResultPage; points: MapPoint[] } | null = null;
  #axes: { page: ResultPage; words: string[] } | null = null;
  #load: LoadPage | null = null;

  override willUpdate(changed: PropertyValues): void {
    const map = this.#map.value;
    if (map !== null && this.#drawn?.page !== map) {
      this.#drawn = { page: map, points: mapPoints(map) };
      this.picked = null;
      this.#load = null;
    }
    const components = this.#components.value;
    if (components !== null && this.#axes?.page !== components)
      this.#axes = { page: components, words: axesWords(mapAxes(components)) };
    if (changed.has("picked") || changed.has("names")) this.#load = null;
  }

  override render() {
    const drawn = this.#drawn;
    if (drawn === null || this.#axes === null || this.view === null) return notRun(this, this.#map);
    const all = this.view.rows ?? drawn.points.length;
    return html`<div class="pad">
        ${
          drawn.points.length < all
            ? html`<p class="about">${formatCount(drawn.points.length)} of ${formatCount(all)} people, drawn by the seed.</p>`
            : nothing
        }
        <seg-scatter
          .points=${drawn.points}
          .groups=${this.names}
          .axes=${this.#axes.words}
          label=${`Map of the people of ${this.view.id}`}
          @brush=${(event: CustomEvent<{ points: readonly number[] | null }>) => {
            this.picked = event.detail.points;
          }}
        ></seg-scatter>
      </div>
      ${this.picked === null ? nothing : this.#table(drawn.page, this.picked)}`;
  }

  #table(page: ResultPage, picked: readonly number[]) {
    const places = page.columns
      .map((column, at) => ({ ...column, at }))
      .filter(({ name }) => name !== "x" && name !== "y");
    this.#load ??= loaderOf(page, picked, {
      places: places.map(({ at }) => at),
      named: (cluster) => this.names[Number(cluster)] ?? `Cluster ${cluster}`,
    });
    const columns = places.map(({ name, type }) =>
      name === "cluster" ? { name: "segment", type: "VARCHAR" } : { name, type },
    );
    return html`<seg-table
      .columns=${this.columnsOf(columns)}
      .total=${picked.length}
      .load=${this.#load}
      .link=${this.link}
      link-rows
      label="People in the box"
      empty="Nobody is in the box."
      @sort=${(event: Event) => event.stopPropagation()}
    ></seg-table>`;
  }
}

/** The picked rows with the cluster's name for its number, in the order that is asked for. */
function loaderOf(
  page: ResultPage,
  picked: readonly number[],
  { places, named }: { places: readonly number[]; named: (cluster: unknown) => string },
): LoadPage {
  const names = places.map((place) => page.columns[place]?.name ?? "");
  const valueAt = (row: number, place: number) => {
    const value = page.rows[row]?.[place] ?? null;
    return page.columns[place]?.name === "cluster" ? named(value) : value;
  };
  let last: { readonly sort: TableSort | null; readonly rows: readonly number[] } = { sort: null, rows: picked };
  const sorted = (sort: TableSort | null): readonly number[] => {
    if (sort?.column === last.sort?.column && sort?.descending === last.sort?.descending) return last.rows;
    const place =
      sort === null ? undefined : places[names.indexOf(sort.column === "segment" ? "cluster" : sort.column)];
    const rows =
      place === undefined || sort === null
        ? picked
        : inOrder(picked, (row) => valueAt(row, place), sort.descending ? "descending" : "ascending");
    last = { sort, rows };
    return rows;
  };
  return async (offset, limit, sort) => ({
    rows: sorted(sort)
      .slice(offset, offset + limit)
      .map((row) => places.map((place) => valueAt(row, place))),
    offset,
    total: picked.length,
  });
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-cluster-map": SegClusterMap;
  }
}
