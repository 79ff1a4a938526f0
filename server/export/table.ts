import { type CellValue, columnDigits, formatCell, rangedRight, typeWords } from "../figures/cell-value.ts";
import { formatCount } from "../figures/format.ts";
import type { ColumnSummary, ResultPage } from "../run/view.ts";
import { columnSummary } from "./column-summary.ts";
import { html, Markup } from "./markup.ts";

/** Rows of a relation that a page holds; the rest is counted. */
export const MOST_ROWS = 1_000;

/** Rows of a table that are printed; on the screen it scrolls in its frame. */
export const PRINTED_ROWS = 25;

/** Columns from which on a table is written small on paper. */
const MANY = 9;

export interface TableOptions {
  /** What the table is, for whoever does not see it. */
  readonly label: string;
  /** What is said of a relation without rows. */
  readonly empty: string;
  /** IANA name, in which moments are written. */
  readonly zone: string;
  readonly summaries: readonly ColumnSummary[];
}

/** The first rows of a relation as a table in its own frame, and how many are not in it. */
export function table(page: ResultPage, options: TableOptions): Markup {
  if (page.total === 0) return html`<p class="quiet pad">${options.empty}</p>`;
  const { columns, rows } = page;
  const digits = columns.map((column, place) => columnDigits(column, values(rows, place)));
  const right = columns.map(rangedRight);
  const heads = columns.map((column, place) => {
    const summary = options.summaries.find((one) => one.name === column.name);
    return html`<th scope="col"${right[place] ? N : null}>${column.name} <small>${typeWords(column)}</small>${
      summary === undefined ? null : columnSummary(summary, column, page.total)
    }</th>`;
  });
  const body = rows.map(
    (row) =>
      html`<tr>${columns.map((column, place) => {
        const value = row[place] ?? null;
        const text = formatCell(value, column, digits[place] ?? 0, { zone: options.zone });
        return html`<td${value === null ? (right[place] ? NONE_N : NONE) : right[place] ? N : null}>${text}</td>`;
      })}</tr>\n`,
  );
  return html`<div class="frame rows" tabindex="0" role="region" aria-label="${options.label}"><table class="data${columns.length > MANY ? " many" : ""}">
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody></table></div>${counted(rows.length, page.total)}`;
}

/** How many rows are not in the page, and how many are not on the paper. */
function counted(shown: number, total: number): Markup {
  return html`${more(total - shown, "screen")}${more(total - Math.min(shown, PRINTED_ROWS), "paper")}`;
}

function more(rows: number, where: "screen" | "paper"): Markup | null {
  return rows === 0
    ? null
    : html`<p class="more ${where}">and ${formatCount(rows)} more ${rows === 1 ? "row" : "rows"}</p>`;
}

function* values(rows: ResultPage["rows"], place: number): Generator<CellValue> {
  for (const row of rows) yield row[place] ?? null;
}

const N = new Markup(` class="n"`);
const NONE = new Markup(` class="none"`);
const NONE_N = new Markup(` class="n none"`);
