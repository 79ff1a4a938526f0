import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  insertCompletionText,
  pickedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

export interface EditorCompletion {
  label: string;
  /** A word on the right: what it is. */
  kind: string;
  /** Before that: the column's type, the relation's rows. */
  detail?: string;
  /** A line beside the list: what it means. */
  info?: string;
  /** What is put in, where it is not the label; with a space or a line end last, what comes next is offered at once. */
  apply?: string;
  /** Offset from which it takes the place of the text up to the cursor; the start of the word where absent. */
  from?: number;
}

export interface CompletionQuery {
  /** The whole text, and where the cursor stands in it. */
  text: string;
  position: number;
  /** The word before the cursor, and where it begins. */
  word: string;
  from: number;
  /** Whether the reader asked, rather than typed. */
  explicit: boolean;
  signal: AbortSignal;
}

/** Gives what fits at the cursor, the likeliest first. */
export type CompleteFunction = (
  query: CompletionQuery,
) => readonly EditorCompletion[] | Promise<readonly EditorCompletion[]>;

/** A source whose last answer came at once. */
type AtOnce = CompleteFunction;

/** Completions from whoever shows the editor; asked again as one types, called off when the cursor goes on. */
export function completionSource(complete: () => CompleteFunction | null): CompletionSource {
  return async (context) => {
    const ask = complete();
    if (ask === null) return null;
    const control = new AbortController();
    context.addEventListener("abort", () => control.abort());
    const query = queryAt(context, control.signal);
    const answer = ask(query);
    const found = await answer;
    return context.aborted ? null : resultOf(found, query, answer instanceof Promise ? null : ask);
  };
}

function queryAt(context: CompletionContext, signal: AbortSignal): CompletionQuery {
  const { state, pos, explicit } = context;
  const from = context.matchBefore(/[$\w]+/)?.from ?? pos;
  return { text: state.doc.toString(), position: pos, word: state.sliceDoc(from, pos), from, explicit, signal };
}

function resultOf(
  found: readonly EditorCompletion[],
  query: CompletionQuery,
  again: AtOnce | null,
): CompletionResult | null {
  if (found.length === 0) return null;
  const { from, text, position } = query;
  return {
    from: Math.min(from, ...found.map((each) => each.from ?? from)),
    options: found.map((each) => optionOf(each, from)),
    filter: false,
    getMatch: ({ label }) => matchIn(label, text.slice(from, position)),
    update: (_, __, ___, context) => updated(found, queryAt(context, new AbortController().signal), again),
  };
}

/** The list goes on while one types: asked anew where the answer comes at once, else those that still fit. */
function updated(
  found: readonly EditorCompletion[],
  query: CompletionQuery,
  again: AtOnce | null,
): CompletionResult | null {
  const answer = again?.(query) ?? null;
  if (answer !== null && !(answer instanceof Promise)) return resultOf(answer, query, again);
  const word = query.word.toLowerCase();
  const left = word === "" ? [] : found.filter(({ label }) => label.toLowerCase().startsWith(word));
  return resultOf(left, query, null);
}

/** Where a label holds what was typed, for it to be seen. */
function matchIn(label: string, typed: string): number[] {
  const at = typed === "" ? -1 : label.toLowerCase().indexOf(typed.toLowerCase());
  return at < 0 ? [] : [at, at + typed.length];
}

function optionOf(found: EditorCompletion, from: number): Completion {
  const begins = found.from ?? from;
  const text = found.apply ?? found.label;
  return {
    label: found.label,
    type: found.kind,
    detail: [found.detail, found.kind].filter(Boolean).join(" · "),
    apply: (view, completion, _, to) => take(view, { completion, text, from: begins, to }),
    ...(found.info === undefined ? {} : { info: found.info }),
  };
}

/** Puts a completion in; where something must follow it, that is offered at once. */
function take(
  view: EditorView,
  { completion, text, from, to }: { completion: Completion; text: string; from: number; to: number },
): void {
  // A quote that was closed by itself as it was opened is not closed twice.
  const last = text.at(-1) ?? "";
  const end = /['"`]/.test(last) && view.state.sliceDoc(to, to + 1) === last ? to + 1 : to;
  view.dispatch({
    ...insertCompletionText(view.state, text, from, end),
    annotations: pickedCompletion.of(completion),
  });
  if (/\s$/.test(text)) startCompletion(view);
}
