import type { InputBody } from "../cells/input.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import type { ColumnCondition, Operand } from "../language/tree.ts";
import type { StudiedCell } from "../run/studied.ts";
import { bodyOf } from "./body-of.ts";
import { type Finding, finding, findingAt } from "./finding.ts";
import type { Options } from "./options.ts";
import type { SpokenText } from "./rules.ts";
import { scopeNodes } from "./sql/certain.ts";
import type { Scope } from "./sql/scope.ts";
import { constantOf, type Node, nodeOf, nodesOf, textOf } from "./sql/tree.ts";
import { stepsOf } from "./steps.ts";
import type { Check, Subject } from "./subject.ts";

/** Comparisons with a value that its column can't have, in rules and in SQL. */
export const values: Check = (subject) => [
  ...subject.spoken.flatMap((spoken) => inRule(spoken, subject)),
  ...subject.plan.cells.flatMap((studied) => inEvents(studied, subject)),
  ...subject.statements.flatMap((statement) =>
    subject.facts.scopes(statement).scopes.flatMap((scope) =>
      [...scopeNodes(scope)].flatMap((node) =>
        compared(node, scope).flatMap(({ column, constant, value }) => {
          const origin = scope.resolve(column)?.origin ?? null;
          const options = origin === null ? null : subject.facts.options(origin);
          const words = options === null ? null : wordsFor(value, options);
          if (words === null) return [];
          const written = quotedAt(statement.text, statement.at(constant));
          const fix = words.meant === null || written === null ? {} : { fix: replaced(written, value, words.meant) };
          return [findingAt(statement, constant, { ...words.said, ...fix })];
        }),
      ),
    ),
  ),
];

/** Columns compared with texts by a node. */
function compared(node: Node, scope: Scope): { column: Node; constant: Node; value: string }[] {
  const pair = (column: Node | null, constant: Node | null) => {
    const value = constantOf(constant);
    return column !== null && constant !== null && typeof value === "string" && scope.resolve(column) !== null
      ? [{ column, constant, value }]
      : [];
  };
  const type = textOf(node, "type");
  if (type === "COMPARE_EQUAL" || type === "COMPARE_NOTEQUAL") {
    const left = nodeOf(node, "left");
    const right = nodeOf(node, "right");
    return [...pair(left, right), ...pair(right, left)];
  }
  if (type !== "COMPARE_IN" && type !== "COMPARE_NOT_IN") return [];
  const [column = null, ...list] = nodesOf(node, "children");
  return list.flatMap((constant) => pair(column, constant));
}

function inRule(spoken: SpokenText, subject: Subject): Finding[] {
  return stepsOf(spoken.tree).flatMap(({ condition, step }) => {
    const column = condition.subject.name;
    const relation = step === null ? spoken.of : step.relation;
    const options = relation === null ? null : subject.facts.options({ relation, column });
    if (options === null) return [];
    return operandsOf(condition).flatMap((operand) => {
      if (operand.kind === "input") return inInput(operand.name, options, subject);
      const words = operand.kind === "text" ? wordsFor(operand.value, options) : null;
      if (words === null || operand.kind !== "text") return [];
      const written = spoken.text.slice(operand.from, operand.to);
      const fix = words.meant === null ? {} : { fix: replaced(written, operand.value, words.meant) };
      return [finding(spoken.studied, spoken.place(operand.from), { ...words.said, ...fix })];
    });
  });
}

function operandsOf(condition: ColumnCondition): readonly Operand[] {
  if (condition.kind === "among") return condition.values;
  const isEqual = condition.kind === "compare" && (condition.operator === "=" || condition.operator === "!=");
  return isEqual ? [condition.value] : [];
}

/** Options of a choice that the column compared with it can't have. */
function inInput(name: string, options: Options, { plan }: Subject): Finding[] {
  const studied = plan.cells.find(({ cell }) => cell.id === name && cell.kind === "input");
  const choices = studied === undefined ? [] : (bodyOf<InputBody>(studied)?.options ?? []);
  return choices.flatMap((choice, index) => {
    const words = wordsFor(choice, options);
    if (words === null || studied === undefined) return [];
    return [finding(studied, studied.reading?.at(["options", index]) ?? null, words.said)];
  });
}

/** Values that `events` names and that its column can't have. */
function inEvents(studied: StudiedCell, { facts }: Subject): Finding[] {
  const events = studied.cell.kind === "source" ? (bodyOf<SourceBody>(studied)?.events ?? null) : null;
  const options = events === null ? null : facts.options({ relation: studied.cell.id, column: events.by });
  if (events === null || options === null) return [];
  return Object.keys(events.names).flatMap((value) => {
    const words = wordsFor(value, options);
    if (words === null) return [];
    return [finding(studied, studied.reading?.at(["events", "names", value]) ?? null, words.said)];
  });
}

interface Said {
  readonly said: { readonly code: string; readonly message: string; readonly hint: string };
  /** The one value that differs in case and blanks alone. */
  readonly meant: string | null;
}

/** What is wrong with a value; null where it is one of those that may stand there. */
function wordsFor(value: string, { values: known, said }: Options): Said | null {
  if (known.includes(value)) return null;
  const alike = known.filter((one) => plain(one) === plain(value));
  const [only] = alike;
  if (only !== undefined && alike.length === 1) {
    const message = `No row has \`${value}\`: text is compared case and all, and ${said} has \`${only}\`.`;
    return { said: { code: "value-case", message, hint: `Write \`${only}\`.` }, meant: only };
  }
  const shown = known.slice(0, 12).map((one) => `\`${one}\``);
  const message = `No row has \`${value}\`: it is not among ${said}.`;
  const hint = `There are ${shown.join(", ")}${known.length > 12 ? ", …" : ""}.`;
  return { said: { code: "value-unknown", message, hint }, meant: null };
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, " ");
}

function replaced(written: string, value: string, meant: string) {
  const quote = written[0] ?? "'";
  const inside = (text: string) => text.replaceAll(quote, quote + quote);
  return { how: "replace", from: written, to: written.replace(inside(value), () => inside(meant)) } as const;
}

function quotedAt(text: string, offset: number): string | null {
  return /^'(?:[^']|'')*'/.exec(text.slice(offset))?.[0] ?? null;
}
