/** What a page is told of a rule that is being written: the shapes that travel. */
import type { LanguageProblem } from "../../language/vocabulary.ts";
import type { PlanRequest } from "../view.ts";

export { MOST_CONDITIONS } from "../../language/most-conditions.ts";

export interface PreviewRequest extends PlanRequest {
  /** The segments or score cell that the rule belongs to. */
  cell: string;
  /** The rule's name there, or `points_1` and so on; null for one that is not in the text yet. */
  rule: string | null;
  /** Texts of the rule's conditions, each once. */
  conditions: string[];
  /** `quick` takes a sample of the people where everybody would take long. */
  accuracy: "quick" | "exact";
}

/**
 * For every combination of conditions that occurs, how many people have it: whoever knows that can tell the size of any
 * rule made of these conditions by AND, OR and NOT.
 */
export interface PreviewView {
  /** Who is asked about: those whom the head's `exclude` keeps out are not among them. Of a sample where there is one. */
  people: number;
  excluded: number;
  /** How many people were drawn, of how many; null where everybody was asked. */
  sample: { people: number; of: number } | null;
  /** In the order of the request. */
  conditions: ConditionView[];
  /** Whether a person counts for the first segment alone that takes them: `earlier` below counts those already taken. */
  exclusive: boolean;
  /** Bit n of `which` tells whether condition n holds; combinations that nobody has are left out. */
  combinations: { which: number; people: number; earlier: number }[];
}

export interface ConditionView {
  /** How many have no value where the condition looks at one: it is false for them whatever it says. */
  missing: number;
  /** Why it can't be asked; it then holds for nobody. Places are offsets into its own text. */
  problem: LanguageProblem | null;
}

export interface ValuesRequest extends PlanRequest {
  relation: string;
  column: string;
  /** Of rows of one kind alone, where a relation holds several kinds of event. */
  where: { column: string; value: string } | null;
  /** Texts that have this in them, in any case. */
  search: string;
}

/** What a column holds, for whoever is to name a value of it. */
export interface ValuesView {
  type: string;
  rows: number;
  missing: number;
  /** Of texts and booleans, or of a column with few values: the commonest first. */
  common: { value: string; rows: number }[];
  /** Whether there are more values than `common` tells. */
  more: boolean;
  /** Of numbers, and of times as text; null where there are none. */
  range: { min: string | number; max: string | number } | null;
  /** Of numbers: value at 5, 25, 50, 75 and 95 % of the rows, as an estimate. */
  quantiles: number[];
  /** Of numbers and times: rows in up to 20 bars of equal width from min to max. */
  histogram: number[];
}
