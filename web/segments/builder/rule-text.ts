import { parseRule } from "../../../server/language/parse-rule.ts";
import type { LanguageProblem, Vocabulary } from "../../../server/language/vocabulary.ts";
import { setScalar } from "../../../server/notebook/edit/set-scalar.ts";
import type { Notebook, Problem } from "../../../server/notebook/model.ts";
import { type WrittenRule, writtenRules } from "../written-rules.ts";
import { type Group, modelOf } from "./model.ts";
import { printModel } from "./print-model.ts";
import { withIdsOf } from "./same-ids.ts";

/** Where a rule's text is in a notebook. */
export interface RulePlace {
  readonly cell: string;
  readonly path: WrittenRule["path"];
}

/** A rule's text as it is now, empty where it has none yet; null where the cell's YAML can't be read. */
export function textAt(notebook: Notebook, { cell, path }: RulePlace): string | null {
  const home = notebook.cells.find(({ id }) => id === cell);
  const rules = home === undefined ? null : writtenRules(home);
  if (rules === null) return null;
  return rules.find((each) => JSON.stringify(each.path) === JSON.stringify(path))?.text ?? "";
}

/** A text as groups of conditions, each with the id that it had before; or why it can't be read. */
export function drawnFrom(text: string, vocabulary: Vocabulary, before: Group): Group | LanguageProblem {
  const { rule, problems } = text.trim() === "" ? { rule: null, problems: [] } : parseRule(text, vocabulary);
  const [problem] = problems;
  return text.trim() !== "" && rule === null && problem !== undefined
    ? problem
    : withIdsOf(modelOf(rule, text), before);
}

/** What a rule's text becomes, and the notebook's with it. */
export interface Rewritten {
  readonly rule: string;
  readonly notebook: string | Problem;
}

/** Prints what is built in as many lines as the text before; null where that changes nothing. */
export function rewritten(
  root: Group,
  {
    before,
    vocabulary,
    notebook,
    place,
  }: { before: string; vocabulary: Vocabulary; notebook: string; place: RulePlace },
): Rewritten | null {
  const rule = printModel(root, vocabulary, { lines: before.includes("\n") ? "several" : "one" });
  // A rule of which nothing is left keeps its text until there is another.
  if (rule === null || rule === before) return null;
  return { rule, notebook: setScalar(notebook, place.cell, place.path, rule) };
}
