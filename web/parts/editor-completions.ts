import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

export interface EditorCompletion {
  label: string;
  kind?: "keyword" | "relation" | "column" | "event" | "segment" | "input" | "value" | "function";
  /** A word on the right: the column's type, the relation's rows. */
  detail?: string;
  /** What is put in, where it is not the label. */
  apply?: string;
}

export interface CompletionQuery {
  /** The whole text, and where the cursor stands in it. */
  text: string;
  position: number;
  /** The word before the cursor, which a completion takes the place of. */
  word: string;
  from: number;
  explicit: boolean;
  signal: AbortSignal;
}

export type CompleteFunction = (
  query: CompletionQuery,
) => readonly EditorCompletion[] | Promise<readonly EditorCompletion[]>;

/** Completions from whoever shows the editor; asked again on the next word, called off when the cursor goes on. */
export function completionSource(complete: () => CompleteFunction | null): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const ask = complete();
    if (ask === null) return null;
    const before = context.matchBefore(/[$\w]+/);
    if (before === null && !context.explicit) return null;
    const from = before?.from ?? context.pos;
    const control = new AbortController();
    context.addEventListener("abort", () => control.abort());
    const found = await ask({
      text: context.state.doc.toString(),
      position: context.pos,
      word: context.state.sliceDoc(from, context.pos),
      from,
      explicit: context.explicit,
      signal: control.signal,
    });
    if (context.aborted || found.length === 0) return null;
    return { from, options: found.map(optionOf), validFor: /^[$\w]*$/ };
  };
}

/** What a relation or a column is called comes before keywords. */
function optionOf(completion: EditorCompletion): Completion {
  const detail = [completion.detail, completion.kind].filter(Boolean).join(", ");
  return {
    label: completion.label,
    boost: completion.kind === "keyword" ? 0 : 10,
    ...(completion.kind === undefined ? {} : { type: completion.kind }),
    ...(detail === "" ? {} : { detail }),
    ...(completion.apply === undefined ? {} : { apply: completion.apply }),
  };
}
