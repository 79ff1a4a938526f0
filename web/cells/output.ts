import { css, LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { CellValue, TableColumn } from "../../server/figures/cell-value.ts";
import type { Cell } from "../../server/notebook/model.ts";
import type { CellView, ColumnView, RelationView } from "../../server/run/view.ts";
import { personLink } from "../state/person-link.ts";
import type { Reading } from "../state/relation.ts";
import { routeHref } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";

/** What the outputs of all kinds share: the cell, and where its relations are read. */
export class CellOutput extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        font: var(--size-2) / 1.5 var(--font);
      }
      .pad {
        padding: var(--gap-3) 14px;
      }
      .read {
        margin: 0;
        padding: var(--gap-2) 14px;
        border-top: 1px solid var(--line);
        color: var(--ink-2);
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px;
        padding: 6px 8px;
        border-bottom: 1px solid var(--line);
      }
      .tabs .words {
        margin-left: 6px;
        color: var(--ink-2);
      }
      h4 {
        margin: 0 0 6px;
        color: var(--ink-3);
        font-size: var(--size-1);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @property({ attribute: false }) view: CellView | null = null;

  /** A relation's columns as a table has them: keys of the entities are names, whatever their type. */
  protected columnsOf(columns: readonly ColumnView[]): TableColumn[] {
    const entity = this.session?.notebook.head.entity;
    return columns.map((column) => (column.name === entity ? { ...column, role: "key" } : { ...column }));
  }

  /** Where values of its tables lead. */
  protected readonly link = (column: string, value: CellValue) =>
    this.session === null ? null : personLink(this.session)(column, value);

  /** The address of the page of one of its segments. */
  protected readonly segmentPage = (name: string): string =>
    routeHref({ page: "segment", path: this.session?.path ?? "", segments: [{ cell: this.view?.id ?? "", name }] });

  /** Where a relation of this cell is read; null while its result is not today's. */
  protected reading(suffix = ""): Reading | null {
    const { session, view } = this;
    if (session === null || view === null || view.state !== "fresh") return null;
    // Relations are read by the file's text: until that is the page's, its keys are others.
    if (session.file.status !== "saved") return null;
    const relation = this.relation(suffix);
    if (relation === null || relation.key === null) return null;
    return { results: session.results, at: { relation: relation.name, key: relation.key } };
  }

  protected relation(suffix = ""): RelationView | null {
    const name = `${this.view?.id ?? ""}${suffix}`;
    return this.view?.relations.find((relation) => relation.name === name) ?? null;
  }
}
