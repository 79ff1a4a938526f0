import { html, type TemplateResult } from "lit";
import type { CompletionQuery, EditorCompletion, EditorProblem } from "../editor.ts";
import type { ShownProblem } from "../problem.ts";
import type { LoadPage } from "../table-pages.ts";
import { columns, greedy, lines, revenue, wrong } from "./charts.ts";
import { customerColumns, customerLoader, customerSummaries } from "./figures.ts";
import { proseText, ruleText, sqlText } from "./texts.ts";

const short = customerLoader(20_000, 30);
const long = customerLoader(5_000_000, 60);
const empty = customerLoader(0, 0);
const failing: LoadPage = async () => {
  throw new Error("the kernel was lost while it read them.");
};

/** Tables: a short one with summaries, five million rows, none, unreadable ones, and ones that are still to come. */
export function tableView(): TemplateResult {
  return html`<div class="card">
      <seg-table
        id="short"
        label="behaviour"
        .columns=${customerColumns}
        .total=${20_000}
        .load=${short}
        .summaries=${customerSummaries}
      ></seg-table>
    </div>
    <div class="card">
      <seg-table id="long" label="events" .columns=${customerColumns} .total=${5_000_000} .load=${long}></seg-table>
    </div>
    <div class="card">
      <seg-table
        id="empty"
        label="rejects"
        empty="No row was set aside: every one holds what the source expects."
        .columns=${customerColumns.slice(0, 3)}
        .total=${0}
        .load=${empty}
      ></seg-table>
    </div>
    <div class="card">
      <seg-table id="failing" label="lost" .columns=${customerColumns.slice(0, 3)} .total=${3} .load=${failing}></seg-table>
    </div>
    <div class="card"><seg-table id="waiting" label="waiting"></seg-table></div>`;
}

/** Charts: two that draw, one with a slip, one that wants what it may not have. */
export function chartView(): TemplateResult {
  return html`<div class="card out"><seg-chart id="lines" label="Revenue by month" .spec=${lines} .data=${revenue}></seg-chart></div>
    <div class="card out"><seg-chart id="columns" label="Revenue by country" .spec=${columns} .data=${revenue}></seg-chart></div>
    <div class="card"><seg-chart id="wrong" label="Wrong" .spec=${wrong} .data=${revenue}></seg-chart></div>
    <div class="card"><seg-chart id="greedy" label="Greedy" .spec=${greedy} .data=${revenue}></seg-chart></div>`;
}

const slip: EditorProblem[] = [
  {
    severity: "error",
    line: 7,
    column: 13,
    message: "No event is called “placed oder”.",
    hint: "The nearest is “placed order”.",
  },
];

const known: EditorCompletion[] = [
  { label: "orders", kind: "relation", detail: "412,880 rows" },
  { label: "behaviour", kind: "relation", detail: "20,000 rows" },
  { label: "ordered_at", kind: "column", detail: "timestamp" },
  { label: "order_lines", kind: "relation", detail: "1,204,113 rows" },
];

/** Editors: rules with a slip, SQL with completions, prose, and one that only shows. */
export function editorView(): TemplateResult {
  return html`<div class="card">
      <seg-editor id="rules" language="yaml" label="Body of audiences" .value=${ruleText} .problems=${slip}></seg-editor>
    </div>
    <div class="card">
      <seg-editor id="sql" language="sql" label="Body of revenue" .value=${sqlText} .completions=${[({ word }: CompletionQuery) => known.filter(({ label }) => label.startsWith(word))]}></seg-editor>
    </div>
    <div class="card">
      <seg-editor id="prose" language="markdown" label="Prose" .value=${"Which lapsed buyers are worth a letter?"}></seg-editor>
    </div>
    <div class="card">
      <seg-editor read-only language="yaml" label="A newer format" .value=${"of: orders\nk: 4"}></seg-editor>
    </div>`;
}

const problems: ShownProblem[] = [
  {
    severity: "error",
    place: "orders.csv",
    line: 4567,
    column: 3,
    message: "“12,40” is no decimal(18,2).",
    hint: 'Set `csv: {decimal: ","}`, or set bad rows aside with `on_error: set_aside`.',
  },
  {
    severity: "warning",
    message: "Bargain Hunters has 212 people: an open rate would be ±6 points.",
    hint: "Merge it with another segment, or accept it with a reason.",
  },
  { severity: "note", message: "1.2% of the orders have no customer.", hint: "" },
  {
    severity: "note",
    message: `\`customer_id\` by source: ${["orders", "visits", "letters", "returns", "calls", "reviews"].map((name) => `87 % of \`customers\` in \`${name}\` (100 % the other way)`).join(", ")}.`,
    hint: "Nothing to do where that is as it should be.",
  },
];

/** Words: problems, prose, emptiness, and what is still to come. */
export function textView(): TemplateResult {
  return html`<div class="card">
      ${problems.map(
        (problem) => html`<seg-problem .problem=${problem}><seg-button slot="action">Accept</seg-button></seg-problem>`,
      )}
    </div>
    <div class="card out"><seg-markdown .value=${proseText}></seg-markdown></div>
    <div class="card">
      <seg-empty heading="Nothing is watched yet" text="A monitor cell counts opens and clicks for each segment and says when a rate moves.">
        <seg-button kind="primary">Add a monitor</seg-button>
      </seg-empty>
    </div>
    <div class="card"><seg-skeleton rows="3"></seg-skeleton></div>`;
}
