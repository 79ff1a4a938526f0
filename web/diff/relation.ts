import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import type { RelationComparison } from "../../server/run/compare/view.ts";
import { withCode } from "../parts/problem.ts";
import { base } from "../theme/base.ts";
import "./segments.ts";

/** How one relation's rows, columns and segments differ. */
@customElement("seg-diff-relation")
export class SegDiffRelation extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 8px 14px;
        font-size: var(--size-2);
        color: var(--ink-2);
      }
      p {
        margin: 0;
      }
      code {
        color: var(--ink);
        font: 0.95em var(--mono);
      }
      b {
        color: var(--ink);
        font-weight: 500;
        font-variant-numeric: tabular-nums;
      }
      seg-diff-segments {
        margin: 8px -14px -8px;
      }
    `,
  ];

  @property({ attribute: false }) relation: RelationComparison | null = null;

  override render() {
    const { relation } = this;
    if (relation === null) return nothing;
    const { before, after, rows, segments } = relation;
    const size = (side: RelationComparison["before"]) => (side === null ? "—" : formatCount(side.rows));
    return html`<p>
        <code>${(after ?? before)?.name}</code>: <b>${size(before)} → ${size(after)}</b> rows${rows === null ? "." : rowWords(rows)}
      </p>
      ${columnWords(relation).map((words) => html`<p>${withCode(words)}</p>`)}
      ${segments === null ? nothing : html`<seg-diff-segments .segments=${segments}></seg-diff-segments>`}`;
  }
}

function rowWords(rows: NonNullable<RelationComparison["rows"]>): string {
  const { gone, come } = rows;
  const counts = [
    ...(gone > 0 ? [`${formatCount(gone)} gone`] : []),
    ...(come > 0 ? [`${formatCount(come)} new`] : []),
  ];
  if (rows.by !== null && rows.changed > 0) counts.push(`${formatCount(rows.changed)} changed`);
  return counts.length === 0 ? "." : `; ${counts.join(", ")}${rows.by === null ? "" : `, by ${rows.by}`}.`;
}

function columnWords({ columns, rows }: RelationComparison): string[] {
  const changed = rows !== null && rows.by !== null ? rows.columns : [];
  return [
    ...columns.added.map(({ name, type }) => `New column \`${name}\` (${type.toLowerCase()}).`),
    ...columns.removed.map(({ name, type }) => `Column \`${name}\` (${type.toLowerCase()}) is gone.`),
    ...columns.retyped.map(
      ({ name, before, after }) => `Column \`${name}\` was ${before.toLowerCase()} and is ${after.toLowerCase()}.`,
    ),
    ...(changed.length === 0
      ? []
      : [`Changed: ${changed.map(({ name, changed: count }) => `\`${name}\` in ${formatCount(count)}`).join(", ")}.`]),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-relation": SegDiffRelation;
  }
}
