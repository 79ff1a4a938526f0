import { formatCount } from "../../figures/format.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Snapshot, SnapshotQuery } from "../../run/snapshot.ts";
import type { CellView, ColumnSummary, ResultPage, SummaryView } from "../../run/view.ts";
import type { Painter } from "../chart/painter.ts";
import { html, type Markup } from "../markup.ts";
import { MOST_ROWS, table } from "../table.ts";
import type { Theme } from "../theme.ts";

/** What the kinds show their cells with. */
export interface OutputContext {
  readonly view: CellView;
  readonly snapshot: Snapshot;
  readonly theme: Theme;
  readonly painter: Painter;
  readonly signal: AbortSignal;
  /** IANA name in which moments are written. */
  readonly zone: string;
}

/** How an exported page shows one kind of cell that has a result: the twin of the page's own. */
export interface KindOnPaper {
  /** What its rows are, in the plural. */
  readonly rows: string;
  /** What it does, read off its body; empty where the kind says enough. */
  readonly manner: (body: unknown) => string;
  readonly output: (context: OutputContext) => Promise<Output>;
}

/** What a cell yielded, on a page. */
export interface Output {
  /** Null where there is nothing to look at. */
  readonly shown: Markup | null;
  /** What is folded away. */
  readonly folds: readonly (Markup | null)[];
}

/** Rows of one of the cell's relations; null where it has none of that name, or it was not computed. */
export async function rowsOf(
  { view, snapshot }: OutputContext,
  suffix: string,
  query: SnapshotQuery,
): Promise<ResultPage | null> {
  const name = `${view.id}${suffix}`;
  if (!view.relations.some((relation) => relation.name === name && relation.rows !== null)) return null;
  return known(await snapshot.page(name, query));
}

export async function summaryOf({ view, snapshot }: OutputContext): Promise<SummaryView | null> {
  return known(await snapshot.summary(view.id));
}

/** A relation of the cell as a table, as far as a page holds it. */
export async function relationTable(
  context: OutputContext,
  suffix: string,
  more: { empty?: string; summaries?: readonly ColumnSummary[] } = {},
): Promise<Markup | null> {
  const page = await rowsOf(context, suffix, { limit: MOST_ROWS });
  if (page === null) return null;
  const { empty = "No rows.", summaries = [] } = more;
  return table(page, { label: `Rows of ${page.relation}`, empty, zone: context.zone, summaries });
}

/** The same, folded away under a line that says how many rows it has. */
export async function foldedTable(context: OutputContext, suffix: string, words: string): Promise<Markup | null> {
  const made = await relationTable(context, suffix);
  const rows = context.view.relations.find(({ name }) => name === `${context.view.id}${suffix}`)?.rows ?? 0;
  if (made === null) return null;
  return html`<details><summary>${words} <span class="quiet">${formatCount(rows)}</span></summary>${made}</details>`;
}

/** What was read, or null where there is nothing: the cache lost it since the plan was made. */
function known<T extends object>(answer: T | Problem): T | null {
  return "severity" in answer && "hint" in answer ? null : (answer as T);
}
