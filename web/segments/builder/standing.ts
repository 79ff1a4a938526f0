import { html, nothing } from "lit";
import { formatCount } from "../../../server/figures/format.ts";
import { MOST_CONDITIONS } from "../../../server/language/most-conditions.ts";
import type { LanguageProblem } from "../../../server/language/vocabulary.ts";
import "../../parts/button.ts";
import "../../parts/problem.ts";
import type { RulePreview } from "../../state/rule-preview.ts";
import { everyItem } from "./edit-model.ts";
import { type Group, textOf } from "./model.ts";
import { changeWords, guessWords, shareWords } from "./size-words.ts";
import type { Tally } from "./tally.ts";

/** How a rule stands: what was counted of it, and what is being counted. */
export interface Standing {
  readonly root: Group;
  readonly tally: Tally | null;
  readonly preview: RulePreview;
}

/** The rule's size, of how many, and how exactly that is known yet. */
export function sizeView({ root, tally, preview }: Standing, close: () => void) {
  const sample = preview.answered?.view.sample ?? null;
  const excluded = preview.answered?.view.excluded ?? 0;
  const left = tally?.left ?? null;
  return html`<div class="top" role="status">
    <span class="size">${tally === null ? "…" : guessWords(tally.size)}</span>
    <span class="about">${tally === null ? "people" : shareWords(tally)}</span>
    ${
      left === null || left.count === tally?.size.count
        ? nothing
        : html`<span class="about">${guessWords(left)} after earlier segments</span>`
    }
    ${
      excluded > 0 && sample === null
        ? html`<span class="about">${formatCount(excluded)} left out by exclude</span>`
        : nothing
    }
    <span class="about">${pendingWords({ root, preview })}</span>
    <seg-button class="close" kind="quiet" @click=${close}>Close</seg-button>
  </div>`;
}

function pendingWords({ root, preview }: Pick<Standing, "root" | "preview">): string {
  if (preview.problem !== null) return "";
  const conditions = conditionsOf(root);
  if (conditions > MOST_CONDITIONS)
    return `Sizes are told for up to ${MOST_CONDITIONS} different conditions; this rule has ${conditions}. Run the cell for its size.`;
  const sample = preview.answered?.view.sample ?? null;
  if (sample !== null)
    return `from a sample of ${formatCount(sample.people)}${preview.pending ? ", counting everybody …" : ""}`;
  return preview.pending ? "counting …" : "";
}

/** How many different conditions a rule has. */
function conditionsOf(root: Group): number {
  const texts = everyItem(root).flatMap((item) =>
    item.kind === "condition" && item.leaf !== null ? [textOf(item.leaf)] : [],
  );
  return new Set(texts).size;
}

/** What the muted parts do to the size. */
export function mutesView(
  { tally, muted }: { tally: Tally | null; muted: ReadonlySet<string> },
  { remove, end }: { remove: () => void; end: () => void },
) {
  const { size: count } = muted;
  if (count === 0) return nothing;
  const what = count === 1 ? "one muted part" : `${count} muted parts`;
  return html`<p class="mutes" role="status">
    <span>Without ${what}${tally === null ? "" : `: ${mutedWords(tally)}`}. Muting is not in the file.</span>
    <seg-button @click=${remove}>Remove what is muted</seg-button>
    <seg-button kind="quiet" @click=${end}>Unmute</seg-button>
  </p>`;
}

function mutedWords({ muted, size }: Tally): string {
  const width = muted.high - muted.low;
  return `${guessWords(muted)} people (${changeWords(muted.count - size.count, { isGuess: width !== 0, width })})`;
}

/** Why the text can't be drawn, and why nothing could be counted. */
export function problemsView(
  { unreadable, preview }: { unreadable: LanguageProblem | null; preview: RulePreview },
  run: (cell: string) => void,
) {
  const problem = preview.problem;
  return html`${
    unreadable === null
      ? nothing
      : html`<seg-problem
          .problem=${{
            severity: "error" as const,
            message: unreadable.message,
            hint: `${unreadable.hint} Mend the text to go on here.`,
          }}
        ></seg-problem>`
  }
  ${
    problem === null
      ? nothing
      : html`<seg-problem .problem=${problem}>${mendButton(problem, { run, retry: () => preview.retry() })}</seg-problem>`
  }`;
}

function mendButton(
  { code, cell }: { code: string; cell: string | null },
  { run, retry }: { run: (cell: string) => void; retry: () => void },
) {
  return code === "not-computed" && cell !== null
    ? html`<seg-button slot="action" @click=${() => run(cell)}>Run ${cell}</seg-button>`
    : html`<seg-button slot="action" @click=${retry}>Try again</seg-button>`;
}
