import { formatCount } from "../../../server/figures/format.ts";
import type { CompletionQuery, EditorCompletion } from "../../parts/editor.ts";
import { fitting } from "./fitting.ts";
import type { Knowledge } from "./knowledge.ts";
import { type SqlScope, sqlScope } from "./sql-scope.ts";

/** Relations, their columns, CTEs and inputs that may stand at a place of a SELECT. */
export function completeSqlNames(
  { text, position, word, explicit }: CompletionQuery,
  known: Knowledge,
): EditorCompletion[] {
  const namesOf = (relation: string) => {
    const columns = known.columnsOf(relation);
    return columns.length === 0 ? null : columns.map(({ name }) => name);
  };
  const scope = sqlScope(text, position, namesOf);
  if (scope.quiet) return [];
  if (scope.dotted !== null) return fitting(columnsOf(scope.dotted, scope, known), word);
  if (word === "" && !explicit && !scope.wantsRelation) return [];
  if (word.startsWith("$")) return fitting(inputs(known), word);
  if (scope.wantsRelation) return fitting(relations(scope, known), word);
  const { sources } = scope;
  const columns = sources.flatMap(({ alias }) => columnsOf(alias, scope, known));
  const aliases = sources.map(({ alias, relation }) => ({
    label: alias,
    kind: "alias",
    detail: relation,
    apply: `${alias}.`,
  }));
  const rest = word === "" ? [] : [...aliases, ...relations(scope, known)];
  return fitting([...columns, ...rest, ...inputs(known)], word);
}

function columnsOf(alias: string, scope: SqlScope, known: Knowledge): EditorCompletion[] {
  const source = scope.sources.find((each) => each.alias.toLowerCase() === alias.toLowerCase());
  const relation = source?.relation ?? alias;
  const cte = scope.ctes.find(({ name }) => name.toLowerCase() === relation.toLowerCase());
  if (cte !== undefined)
    return (cte.columns ?? []).map((label) => ({ label: quoted(label), kind: "column", detail: `of ${alias}` }));
  return known.columnsOf(relation).map(({ name, type }) => ({
    label: quoted(name),
    kind: "column",
    detail: `${type.toLowerCase()}, of ${alias}`,
  }));
}

function relations({ ctes }: SqlScope, known: Knowledge): EditorCompletion[] {
  return [
    ...ctes.map(({ name }) => ({ label: name, kind: "relation", detail: "of this query" })),
    ...known.relations.map(({ name, rows }) => ({
      label: name,
      kind: "relation",
      ...(rows === null ? {} : { detail: `${formatCount(rows)} rows` }),
    })),
  ];
}

export function inputs(known: Knowledge): EditorCompletion[] {
  return known.inputs.map(({ name, type, value }) => ({
    label: `$${name}`,
    kind: "input",
    detail: value === null ? type : `${type}, now ${value}`,
  }));
}

function quoted(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
