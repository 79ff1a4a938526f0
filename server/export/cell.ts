import { formatCell } from "../figures/cell-value.ts";
import { readsWords, rowWords, STATE_WORDS } from "../figures/cell-words.ts";
import { formatNumber } from "../figures/format.ts";
import type { Cell } from "../notebook/model.ts";
import type { CellView, InputView } from "../run/view.ts";
import { kindOnPaper } from "./kinds/kinds.ts";
import type { Output, OutputContext } from "./kinds/output.ts";
import { html, type Markup } from "./markup.ts";
import { problemLine, withCode } from "./problem.ts";

/** One cell: what it is and how it stands, what is wrong with it, what it yields; its text folded away. */
export async function cellSection(cell: Cell, context: OutputContext): Promise<Markup> {
  const { view } = context;
  const kind = kindOnPaper(cell.kind);
  const problems = view.problems.map((problem) => problemLine(problem));
  const output = kind !== null && view.state === "fresh" ? await kind.output(context) : null;
  const unknown =
    kind === null
      ? html`<p class="quiet pad"><b>${cell.kind}</b> is not a kind of cell that this Segbook knows. It is kept as it is and never run.</p>`
      : null;
  return html`<section class="cell ${view.state}" id="${cell.id}" aria-label="${`${cell.kind} ${cell.id}`}">
<header><h2><span>${cell.kind}</span> <b>${cell.id}</b></h2> <span>${described(context)}</span> ${measure(cell, context)}</header>
${card([why(view), ...problems, unknown, output?.shown ?? lost(view, output)], [...(output?.folds ?? []), code(cell)])}
</section>
`;
}

/** A second cell of one id, which is told with the file's problems: its text alone. */
export function secondCell(cell: Cell): Markup {
  return html`<section class="cell failed" aria-label="${`${cell.kind} ${cell.id}`}"><header><h2><span>${cell.kind}</span> <b>${cell.id}</b></h2></header>${card([], [code(cell)])}</section>
`;
}

/** What an input is set to, as it is written. */
export function inputValue(input: InputView): string {
  if (typeof input.value === "number") return formatNumber(input.value);
  const types = {
    date: "DATE",
    timestamp: "TIMESTAMP",
    boolean: "BOOLEAN",
    text: "VARCHAR",
    choice: "VARCHAR",
    number: "DOUBLE",
  };
  return formatCell(input.value, { name: "", type: types[input.type] }, 0);
}

function described({ view }: OutputContext): string {
  const manner = kindOnPaper(view.kind)?.manner(view.body) ?? "";
  return [readsWords(view.reads), manner].filter((words) => words !== "").join(" · ");
}

function measure(cell: Cell, { view, snapshot }: OutputContext): Markup | null {
  const input = cell.kind === "input" ? snapshot.view.inputs.find((one) => one.id === cell.id) : undefined;
  if (input !== undefined && view.state === "fresh")
    return html`<span class="measure value">${input.label}: ${inputValue(input)}</span>`;
  if (view.state !== "fresh") return html`<span class="measure">${STATE_WORDS[view.state]}</span>`;
  if (view.rows === null) return null;
  return html`<span class="measure">${rowWords(view.rows, kindOnPaper(cell.kind)?.rows ?? "rows")}</span>`;
}

/** Why there is no result of today, in every part that is known. */
function why({ state, reason, reasons }: CellView): Markup | null {
  if (state === "fresh" || state === "failed" || state === "unknown") return null;
  const told = reasons.length > 0 ? reasons : reason === null ? [] : [reason];
  const words = state === "blocked" ? "Blocked" : "Not shown, for its result is not today's";
  return html`<p class="why">${words}: ${told.length === 0 ? "run it." : told.map((one, place) => html`${place > 0 ? " " : null}${withCode(one)}`)}</p>`;
}

/** Said where a result was there when its cell was looked at, and is not any more. */
function lost({ state, relations }: CellView, output: Output | null): Markup | null {
  const isThere = output?.folds.some((fold) => fold !== null) ?? true;
  if (state !== "fresh" || isThere || relations.length === 0) return null;
  return html`<p class="quiet pad">Its result can't be read any more. Run it again.</p>`;
}

/** What is seen above what is folded; on paper only what is seen or was unfolded. */
function card(shown: readonly (Markup | null)[], folds: readonly (Markup | null)[]): Markup {
  const isBare = shown.every((part) => part === null);
  return html`<div class="card${isBare ? " bare" : ""}">${shown}<div class="folds">${folds}</div></div>`;
}

function code(cell: Cell): Markup {
  return html`<details><summary>Text</summary><pre class="code">${cell.body.replace(/\r\n?/g, "\n").replace(/\n$/, "")}</pre></details>`;
}
