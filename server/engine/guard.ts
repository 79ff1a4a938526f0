import { nearest } from "../language/nearest.ts";
import type { Analysis } from "./engine.ts";
import { ALLOWED, REFUSED } from "./functions/reviewed.ts";

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Offset into the statement. */
  readonly at: number;
}

type Call = Analysis["functions"][number];
type Reason = keyof typeof REFUSED;

/** What a notebook's SQL may not call: whatever the review of the engine's functions does not allow. */
export function guardSql(analysis: Analysis): Refusal[] {
  return analysis.functions.filter((call) => !allowed[formOf(call)].has(call.name)).map(refusal);
}

/** Of the engine's grammar, not of its catalogue: a list's values as rows; `= ANY (list)` is made of it too, at 0. */
export const UNNEST: readonly string[] = ["unnest", "unlist"];

/** Calls that the engine's catalogue has and the review allows: by what stands in FROM, and by all else. */
const allowed = {
  table: namesOf(ALLOWED, "table"),
  value: new Set([...namesOf(ALLOWED, "value"), ...UNNEST]),
};

function refusal(call: Call): Refusal {
  const form = formOf(call);
  const reason = reasonOf(call.name, form);
  if (reason !== undefined) {
    const message = `\`${call.name}\` ${WHY[reason]} and is refused.`;
    return { code: "function-refused", message, hint: HINTS[reason] ?? INSTEAD, at: call.at };
  }
  const other = allowed[form === "table" ? "value" : "table"].has(call.name);
  const near = nearest(call.name, [...allowed[form]]).map((name) => `\`${name}\``);
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "Only functions of the engine can be called.";
  const message = other
    ? `\`${call.name}\` ${form === "table" ? "gives a value, and can't stand in FROM" : "gives rows, and stands in FROM only"}.`
    : `There is no function \`${call.name}\`.`;
  return {
    code: "unknown-function",
    message,
    hint: other ? "See the engine's reference for its use." : hint,
    at: call.at,
  };
}

/** Names that are refused in FROM are no better elsewhere. */
function reasonOf(name: string, form: "table" | "value"): Reason | undefined {
  const reasons = Object.keys(REFUSED) as Reason[];
  const holds = (of: "table" | "value") => reasons.find((reason) => namesOf({ reason: REFUSED[reason] }, of).has(name));
  return holds(form) ?? (allowed[form === "table" ? "value" : "table"].has(name) ? undefined : holds("table"));
}

const WHY: Readonly<Record<Reason, string>> = {
  files: "reads files by itself",
  memory: "reads the engine's own memory",
  sql: "runs or reads SQL that nobody can look at before",
  settings: "reads or changes the engine's settings",
  state: "gives or keeps something of the engine's own state",
  catalogue: "reads the engine's catalogue",
  waiting: "only waits",
  internals: "is of the engine's own use",
  statements: "is a statement of its own",
  unreviewed: "has not been reviewed",
};

const HINTS: Readonly<Partial<Record<Reason, string>>> = {
  files: "Declare the file in a source cell and read that cell by its id.",
  sql: "Write the SELECT itself, and read other cells by their ids.",
};

const INSTEAD = "Use what the cells of this notebook hold; notebooks reach nothing else.";

function formOf(call: Call): "table" | "value" {
  return call.table ? "table" : "value";
}

type Groups = Readonly<
  Record<string, { readonly table?: string; readonly value?: string } | { readonly pragma: string }>
>;

function namesOf(groups: Groups, form: "table" | "value"): Set<string> {
  const texts = Object.values(groups).map((group) => ("pragma" in group ? "" : (group[form] ?? "")));
  return new Set(texts.join(" ").split(/\s+/));
}
