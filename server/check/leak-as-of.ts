import { name as quoteName } from "../language/quote.ts";
import type { StudiedCell } from "../run/studied.ts";
import { type Finding, finding, findingAt } from "./finding.ts";
import { functionName, scopeNodes } from "./sql/certain.ts";
import type { Scope } from "./sql/scope.ts";
import type { Origin } from "./sql/shape.ts";
import { type Node, nodeOf, nodesOf, ownNodes, textOf } from "./sql/tree.ts";
import type { Statement } from "./statements.ts";
import type { Check, Subject } from "./subject.ts";

/** Kinds that make something of people: what they read must not come from after the moment. */
const ABOUT_PEOPLE = new Set(["features", "score", "segments", "cluster"]);

/** SQL that feeds features or segments from events without leaving out those after `as_of`. */
export const leakAsOf: Check = (subject) => [...byQueries(subject), ...byTransforms(subject)];

/** A transform has no way to leave events out by the moment. */
function byTransforms(subject: Subject): Finding[] {
  return subject.plan.cells.flatMap((studied) => {
    if (studied.cell.kind !== "transform" || !reachesPeople(studied, subject, new Set())) return [];
    return studied.relations.flatMap((relation) => {
      const at = eventTime(relation, subject);
      if (at === null) return [];
      const message = `\`${relation}\` is read past \`as_of\`, and people are judged by this: a transform can't leave out what came after.`;
      const hint = `Read it in a sql cell with \`WHERE ${quoteName(at.column)} < $as_of\`, and transform that.`;
      return [finding(studied, studied.reading?.at(["of"]) ?? null, { code: "leak-as-of", message, hint })];
    });
  });
}

function byQueries(subject: Subject): Finding[] {
  return subject.statements.flatMap((statement) => {
    if (statement.form !== "query" || !reachesPeople(statement.studied, subject, new Set())) return [];
    const { scopes } = subject.facts.scopes(statement);
    const bounded = scopes.flatMap(boundedIn);
    return scopes.flatMap((scope) =>
      scope.tables.flatMap((table) => {
        const at = table.relation === null ? null : eventTime(table.relation, subject);
        if (at === null || bounded.some((one) => sameColumn(one, at))) return [];
        const message = `\`${table.relation}\` is read past \`as_of\`: nothing keeps \`${at.column}\` before it, and people are judged by this.`;
        const hint = `Add \`WHERE ${quoteName(at.column)} < $as_of\`.`;
        return [findingAt(statement, table.node, { code: "leak-as-of", message, hint })];
      }),
    );
  });
}

/** The time of the events that a source's rows are; null where they are none. */
function eventTime(relation: string, { facts }: Subject): Origin | null {
  const source = facts.source(relation);
  const isEvents = source !== null && (source.event !== null || source.events !== null);
  return isEvents && source.at !== null ? { relation, column: source.at } : null;
}

function sameColumn(one: Origin, other: Origin): boolean {
  return one.relation === other.relation && one.column.toLowerCase() === other.column.toLowerCase();
}

/** Columns that a SELECT keeps before the moment. */
function boundedIn(scope: Scope): Origin[] {
  const nodes = [...scopeNodes(scope)];
  // One side of an OR keeps nothing back that the other lets through.
  const choices = nodes.filter(({ type }) => type === "CONJUNCTION_OR");
  const inside = new Set(choices.flatMap((choice) => [...ownNodes(choice)].slice(1)));
  return nodes
    .filter((node) => !inside.has(node))
    .flatMap((node) => (choices.includes(node) ? boundedInAll(node, scope) : boundedBy(node, scope)));
}

/** Columns that every side of an OR keeps before the moment, but for one that asks whether they are missing. */
function boundedInAll(choice: Node, scope: Scope): Origin[] {
  const sides = nodesOf(choice, "children").filter(({ type }) => type !== "OPERATOR_IS_NULL");
  const [first = [], ...others] = sides.map((side) => [...ownNodes(side)].flatMap((node) => boundedBy(node, scope)));
  return first.filter((one) => others.every((side) => side.some((other) => sameColumn(one, other))));
}

function boundedBy(node: Node, scope: Scope): Origin[] {
  const [lower, upper] = SIDES[textOf(node, "type")]?.(node) ?? [];
  if (lower === undefined || upper === undefined || lower === null || upper === null || !isByMoment(upper)) return [];
  return [...ownNodes(lower)].flatMap((one) => scope.resolve(one)?.origin ?? []);
}

type Sides = readonly [earlier: Node | null, later: Node | null];

const ascending = (node: Node): Sides => [nodeOf(node, "left"), nodeOf(node, "right")];
const descending = (node: Node): Sides => [nodeOf(node, "right"), nodeOf(node, "left")];

const SIDES: Readonly<Record<string, (node: Node) => Sides>> = {
  COMPARE_LESSTHAN: ascending,
  COMPARE_LESSTHANOREQUALTO: ascending,
  COMPARE_GREATERTHAN: descending,
  COMPARE_GREATERTHANOREQUALTO: descending,
  COMPARE_BETWEEN: (node) => [nodeOf(node, "input"), nodeOf(node, "upper")],
};

/** The moment or what lies before it: something added to it would lie after. */
function isByMoment(node: Node): boolean {
  const nodes = [...ownNodes(node)];
  const isLater = nodes.some((one) => one.class === "FUNCTION" && ["+", "date_add"].includes(functionName(one)));
  return !isLater && nodes.some((one) => one.class === "PARAMETER" && one.identifier === "as_of");
}

/** Whether features, points, segments or clusters are made of a cell's rows, by way of other queries too. */
function reachesPeople(from: StudiedCell, subject: Subject, seen: Set<string>): boolean {
  const { id } = from.cell;
  if (seen.has(id)) return false;
  seen.add(id);
  return subject.plan.cells.some((reader) => {
    if (!reader.relations.includes(id)) return false;
    const body = (reader.reading?.body ?? {}) as { readonly from?: unknown; readonly of?: unknown };
    // Events in words are bounded by the language itself.
    if (ABOUT_PEOPLE.has(reader.cell.kind)) return body.from === id || body.of === id;
    if (reader.cell.kind !== "sql" && reader.cell.kind !== "transform") return false;
    return !boundsItself(reader, id, subject) && reachesPeople(reader, subject, seen);
  });
}

/** Whether a query keeps the rows of another cell before the moment. */
function boundsItself(reader: StudiedCell, id: string, { statements, facts }: Subject): boolean {
  return statements
    .filter(({ studied, form }) => studied === reader && form === "query")
    .some((statement: Statement) => {
      const { scopes } = facts.scopes(statement);
      const times = facts.shape(id)?.columns?.flatMap(({ origin }) => (origin === null ? [] : [origin])) ?? [];
      return scopes.flatMap(boundedIn).some((one) => times.some((time) => sameColumn(one, time)));
    });
}
