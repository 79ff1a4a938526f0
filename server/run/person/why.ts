import { EXCLUDED } from "../../cells/rules.ts";
import type { SegmentsBody } from "../../cells/segments.ts";
import { vocabularyOf } from "../../cells/vocabulary.ts";
import { compileExpressions } from "../../language/compile-expressions.ts";
import { compileRules } from "../../language/compile-rules.ts";
import { describeRule } from "../../language/describe.ts";
import { parseRule } from "../../language/parse-rule.ts";
import { printRule } from "../../language/print-rule.ts";
import { name as quoted } from "../../language/quote.ts";
import { reads } from "../../language/reads.ts";
import type { Expression, Rule } from "../../language/tree.ts";
import type { Vocabulary } from "../../language/vocabulary.ts";
import type { ConditionAnswer, PersonValue, SegmentAnswer } from "../../segments/person/view.ts";
import { HISTORY } from "../membership/known.ts";
import { flat } from "../page.ts";
import { lookContext } from "../scans/look.ts";
import type { StudiedCell } from "../studied.ts";
import { computedColumns, type OfPerson, overPerson } from "./rows.ts";

interface Named {
  readonly name: string;
  readonly rule: Rule;
}

interface Asked {
  readonly body: SegmentsBody;
  readonly vocabulary: Vocabulary;
  readonly studied: StudiedCell;
}

/** Whether a person is in each segment of a cell, condition by condition; or why that can't be told. */
export async function whyIn(studied: StudiedCell, of: OfPerson): Promise<SegmentAnswer[] | { why: string }> {
  const { cell, reading } = studied;
  if (reading === null) return { why: `\`${cell.id}\` can't be read.` };
  const body = reading.body as SegmentsBody;
  const vocabulary = await vocabularyFor(studied, body, of);
  if (vocabulary === null)
    return { why: `\`${cell.id}\` needs \`${body.of}\`, which has no result as the notebook stands.` };
  const rules: Named[] = [];
  const { exclude } = of.plan.notebook.head;
  const written = [...Object.entries(body.segments), ...(exclude === null ? [] : [[EXCLUDED, exclude] as const])];
  for (const [name, text] of written) {
    const { rule, problems } = parseRule(text, vocabulary);
    if (rule === null || problems.length > 0) return { why: `The rule \`${name}\` of \`${cell.id}\` can't be read.` };
    rules.push({ name, rule });
  }
  const conditions = rules.flatMap(({ rule }) => leavesOf(rule));
  const asked = { body, vocabulary, studied };
  const truths = await truthsOf(rules, conditions, asked, of);
  const found = truths === null ? null : await foundOf(conditions, asked, of);
  if (truths === null || found === null)
    return { why: `\`${cell.id}\` reads what has no result as the notebook stands.` };
  if (found === "absent") return absent(asked);
  return answers(rules, { truths, found }, asked, of);
}

function absent({ body, studied }: Asked): SegmentAnswer[] {
  const names = [...Object.keys(body.segments), ...(body.otherwise === null ? [] : [body.otherwise])];
  const keptOut = { by: "absence", relation: body.of } as const;
  return names.map((segment) => ({ cell: studied.cell.id, segment, isIn: false, keptOut, why: null }));
}

function answers(
  rules: readonly Named[],
  { truths, found }: { truths: ReadonlyMap<Rule | string, boolean>; found: ReadonlyMap<Rule, Found> },
  { body, studied }: Asked,
  { plan }: OfPerson,
): SegmentAnswer[] {
  const { clock } = plan;
  const answer = (rule: Rule): ConditionAnswer => {
    const around = { text: printRule(rule), words: describeRule(rule, clock) };
    if (rule.kind === "and" || rule.kind === "or") {
      const parts = rule.parts.map(answer);
      const holds = rule.kind === "and" ? parts.every((one) => one.holds) : parts.some((one) => one.holds);
      return { kind: rule.kind, ...around, holds, found: null, parts };
    }
    if (rule.kind === "not") {
      const part = answer(rule.part);
      return { kind: "not", ...around, holds: !part.holds, found: null, parts: [part] };
    }
    return {
      kind: "condition",
      ...around,
      holds: truths.get(rule) === true,
      found: found.get(rule) ?? null,
      parts: [],
    };
  };
  const isExcluded = truths.get(EXCLUDED) === true;
  const names = Object.keys(body.segments);
  const { id } = studied.cell;
  const named = rules
    .filter(({ name }) => name !== EXCLUDED)
    .map(({ name, rule }): SegmentAnswer => {
      const holds = truths.get(name) === true;
      const first = body.exclusive
        ? names.slice(0, names.indexOf(name)).find((one) => truths.get(one) === true)
        : undefined;
      const taken = first === undefined ? null : ({ by: "segment", segment: first } as const);
      const keptOut = !holds ? null : isExcluded ? ({ by: "exclude" } as const) : taken;
      return { cell: id, segment: name, isIn: holds && keptOut === null, keptOut, why: answer(rule) };
    });
  if (body.otherwise === null) return named;
  const first = names.find((one) => truths.get(one) === true);
  const taken = first === undefined ? null : ({ by: "segment", segment: first } as const);
  const keptOut = isExcluded ? ({ by: "exclude" } as const) : taken;
  return [...named, { cell: id, segment: body.otherwise, isIn: keptOut === null, keptOut, why: null }];
}

async function vocabularyFor(studied: StudiedCell, body: SegmentsBody, of: OfPerson): Promise<Vocabulary | null> {
  const { plan, signal } = of;
  const columns = await computedColumns(plan, body.of);
  if (columns === null) return null;
  const { studies, notebook } = plan;
  const context = lookContext(studied, { studies, cache: studies.request.cache, signal });
  const own = Object.keys(body.segments).map((name) => ({ cell: studied.cell.id, name }));
  const { exclude } = notebook.head;
  const texts = [...Object.values(body.segments), ...(exclude === null ? [] : [exclude])];
  return vocabularyOf({ of: { columns, provisional: false }, own, texts }, context);
}

function leavesOf(rule: Rule): Rule[] {
  if (rule.kind === "and" || rule.kind === "or") return rule.parts.flatMap(leavesOf);
  return rule.kind === "not" ? leavesOf(rule.part) : [rule];
}

/** Which rules and which conditions hold for the person; null where something they read is not there. Nobody's conditions hold. */
async function truthsOf(
  rules: readonly Named[],
  conditions: readonly Rule[],
  { body, vocabulary, studied }: Asked,
  of: OfPerson,
): Promise<Map<Rule | string, boolean> | null> {
  const { notebook, clock } = of.plan;
  const all = [...rules, ...conditions.map((rule, index) => ({ name: `segbook condition ${index + 1}`, rule }))];
  const around = { of: body.of, entity: notebook.head.entity, ofColumns: vocabulary.attributes, clock };
  const compiled = compileRules({ ...around, rules: all, vocabulary, cell: studied.cell.id });
  if (!compiled.ok) return null;
  const row = await oneRow(compiled.sql, [body.of, ...relationsOf(all, studied)], of);
  if (row === null) return null;
  const truths = new Map<Rule | string, boolean>();
  for (const { name, rule } of all) truths.set(rule, row[name] === true).set(name, row[name] === true);
  return truths;
}

type Found = NonNullable<ConditionAnswer["found"]>;

/** The numbers and values that the conditions are about; `absent` where the person has no row, null where something they read is not there. */
async function foundOf(
  conditions: readonly Rule[],
  { body, vocabulary, studied }: Asked,
  of: OfPerson,
): Promise<Map<Rule, Found> | "absent" | null> {
  const { notebook, clock } = of.plan;
  const measures = conditions.flatMap((rule, index) => {
    const expression = measureOf(rule);
    return expression === null ? [] : [{ rule, name: `segbook measure ${index + 1}`, expression }];
  });
  const found = new Map<Rule, Found>();
  const attributes = await oneRow(`SELECT * FROM ${quoted(body.of)}`, [body.of], of);
  if (attributes === null) return null;
  if (Object.keys(attributes).length === 0) return "absent";
  for (const rule of conditions) {
    if ("subject" in rule) found.set(rule, { what: rule.subject.name, value: attributes[rule.subject.name] ?? null });
  }
  if (measures.length === 0) return found;
  const around = { from: body.of, entity: notebook.head.entity, fromColumns: vocabulary.attributes, fill: {} };
  const columns = measures.map(({ name, expression }) => ({ name, expression }));
  const compiled = compileExpressions({ ...around, columns, vocabulary, clock });
  if (!compiled.ok) return null;
  const row = await oneRow(compiled.sql, [body.of, ...relationsOf(measures, studied)], of);
  if (row === null) return null;
  for (const { rule, name } of measures) {
    const what = rule.kind === "measured" ? rule.measure.how : "count";
    found.set(rule, { what, value: row[name] ?? (what === "count" ? 0 : null) });
  }
  return found;
}

/** What a condition compares, where that is a number of events or made of them. */
function measureOf(rule: Rule): Expression | null {
  if (rule.kind === "measured") return rule.measure;
  if (rule.kind !== "happened") return null;
  const { step, window, from, to } = rule;
  return { kind: "measure", how: "count", property: null, step, window, from, to };
}

/** Relations that rules read, beside that which they are about. */
function relationsOf(rules: readonly { readonly rule: Rule }[], { cell }: StudiedCell): string[] {
  return rules.flatMap(({ rule }) => {
    const { events, segments, usesHistory } = reads(rule);
    const cells = segments.map((segment) => segment.cell).filter((id) => id !== cell.id);
    return [...events, ...cells, ...(usesHistory ? [HISTORY] : [])];
  });
}

/** The person's row of a query, without any columns where there is none; null where a relation is not there. */
async function oneRow(
  query: string,
  relations: readonly string[],
  of: OfPerson,
): Promise<Record<string, PersonValue> | null> {
  const sql = await overPerson(query, relations, of);
  if (sql === null) return null;
  const { engine } = of.plan.studies.request;
  const [row] = await engine.rows({ sql, signal: of.signal });
  return Object.fromEntries(Object.entries(row ?? {}).map(([column, value]) => [column, flat(value)]));
}
