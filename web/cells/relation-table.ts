import { css, html, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Problem } from "../../server/notebook/model.ts";
import type { ColumnView } from "../../server/run/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import "../parts/empty.ts";
import "../parts/problem.ts";
import "../parts/skeleton.ts";
import "../parts/table.ts";
import type { LoadPage } from "../parts/table.ts";
import { Summary } from "../state/relation.ts";
import { CellOutput } from "./output.ts";

interface Held {
  readonly key: string;
  readonly columns: ColumnView[];
  readonly total: number;
  readonly load: LoadPage;
}

/** One relation of a cell as a table with its columns in summary; the last result stays while the next is wanting. */
@customElement("seg-relation")
export class SegRelation extends CellOutput {
  static override styles = [
    ...CellOutput.styles,
    css`
      seg-table {
        --seg-table-height: 300px;
      }
    `,
  ];

  /** What follows the cell's id in the relation's name. */
  @property() suffix = "";
  @property() empty = "No rows.";

  #held: Held | null = null;
  readonly #summary = new Summary(this, () => this.reading(this.suffix));

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("suffix")) this.#held = null;
    const reading = this.reading(this.suffix);
    const relation = this.relation(this.suffix);
    if (reading === null || relation === null || relation.rows === null) return;
    const key = `${reading.at.relation}@${reading.at.key}`;
    if (this.#held?.key === key) return;
    const load: LoadPage = (offset, limit, sort, signal) =>
      reading.results.page(reading.at, { offset, limit, sort }, signal);
    this.#held = { key, columns: relation.columns, total: relation.rows, load };
  }

  override render() {
    const held = this.#held;
    if (held === null) return notRun(this);
    return html`<seg-table
      .columns=${this.columnsOf(held.columns)}
      .total=${held.total}
      .load=${held.load}
      .summaries=${this.#summary.value?.columns ?? null}
      .empty=${this.empty}
      .link=${this.link}
      label=${`Rows of ${this.view?.id ?? ""}${this.suffix}`}
    ></seg-table>`;
  }
}

/** What stands where there is nothing to show of a cell: why it can't be read, that it is on its way, or that it was not run. */
export function notRun(output: CellOutput, read: { readonly problem: Problem | null; retry(): void } | null = null) {
  const { view } = output;
  if (read !== null && read.problem !== null) {
    return html`<seg-problem .problem=${read.problem}>
      <seg-button slot="action" @click=${() => read.retry()}>Try again</seg-button>
    </seg-problem>`;
  }
  if (view?.state === "fresh" || view?.state === "running" || view?.state === "waiting")
    return html`<seg-skeleton rows="3"></seg-skeleton>`;
  if (view?.state === "failed" || view?.state === "blocked") return html``;
  return html`<seg-empty text="There is no result for this definition yet.">
    <seg-button label=${`Run ${view?.id ?? ""}`} @click=${() => emit(output, "run-cell", { cell: view?.id, next: false })}
      >Run</seg-button
    >
  </seg-empty>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-relation": SegRelation;
  }
}
