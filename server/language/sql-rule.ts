import { literal, name } from "./quote.ts";
import { betweenSql, columnSql, compareSql, NEVER } from "./sql-column.ts";
import { filterOf } from "./sql-events.ts";
import { historySql } from "./sql-history.ts";
import { type Leaf, logicSql } from "./sql-logic.ts";
import { measureSql } from "./sql-measure.ts";
import { scanOf } from "./sql-scan.ts";
import { sequenceSql } from "./sql-sequence.ts";
import { countOf } from "./sql-value.ts";
import { addColumn, eventOf, type Join, KEY, refuse, type Typed, type Work } from "./sql-work.ts";
import type { EventCondition, Measure, Rule, SegmentName, Times } from "./tree.ts";
import type { Column } from "./vocabulary.ts";

/** What a rule is asked of. */
export interface People {
  readonly work: Work;
  /** Alias of the row of a person. */
  readonly alias: string;
  readonly columns: readonly Column[];
  readonly entity: string;
  /** The cell whose rules these are, and the column that holds another of its rules; null where there is no such rule. */
  readonly cell: string;
  readonly ruleColumn: (segment: string) => string | null;
}

/** A rule as SQL over a row of a person; NULL counts as false. */
export function ruleSql(people: People, rule: Rule): string {
  return logicSql(rule, (leaf) => leafSql(people, leaf));
}

function leafSql(people: People, rule: Leaf): string {
  const { work, alias } = people;
  switch (rule.kind) {
    case "happened":
      return happenedSql(people, rule);
    case "measured": {
      const measure = measured(people, rule.measure);
      if (!measure) return NEVER;
      return rule.test.kind === "compare"
        ? compareSql(work, measure, rule.test.operator, rule.test.value)
        : betweenSql(work, measure, rule.test);
    }
    case "sequence":
      return sequenceSql(work, rule, alias);
    case "in segment":
      return segmentSql(people, rule.segment);
    case "entered":
    case "left":
      return historySql(people, rule);
    default: {
      const column = people.columns.find((each) => each.name === rule.subject.name);
      if (column) return columnSql(work, rule, { sql: `${alias}.${name(column.name)}`, type: column.type });
      const message = `There is no attribute \`${rule.subject.name}\`.`;
      refuse(work, rule.subject, {
        code: "unknown-attribute",
        message,
        hint: "Read the rule again with today's columns.",
      });
      return NEVER;
    }
  }
}

function happenedSql(people: People, rule: EventCondition & { kind: "happened" }): string {
  const measure: Measure = { ...rule, kind: "measure", how: "count", property: null };
  const count = measured(people, measure);
  if (!count) return NEVER;
  if (!rule.times) return `${count.sql} >= 1`;
  if (!rule.times.count) return `${count.sql} = 0`;
  const times = countOf(people.work, rule.times.count, 0);
  return times === null ? NEVER : `${count.sql} ${SIGNS[rule.times.how]} ${times}`;
}

const SIGNS: Readonly<Record<Times["how"], string>> = {
  "at least": ">=",
  "at most": "<=",
  exactly: "=",
  "more than": ">",
  "fewer than": "<",
  never: "=",
};

function measured({ work, alias }: People, measure: Measure): Typed | null {
  const event = eventOf(work, measure.step);
  if (!event || measure.how === "most frequent") return null;
  const filter = filterOf(work, event, measure.step.where, measure.window);
  const property = measure.property?.name ?? null;
  return measureSql(work, scanOf(work, event), alias, { how: measure.how, property, filter });
}

/** A segment of this cell is the column of its rule; one of another cell is looked up in that cell's relation. */
function segmentSql(people: People, segment: SegmentName): string {
  const { work, alias } = people;
  if (segment.cell === people.cell) {
    const column = people.ruleColumn(segment.name);
    if (column) return `${alias}.${column}`;
    const message = `\`${segment.name}\` is no rule of this cell.`;
    refuse(work, segment, { code: "unknown-segment", message, hint: "Name a segment that has a rule." });
    return NEVER;
  }
  const join = work.joins.get(`members ${segment.cell}`) ?? addMembers(people, segment.cell);
  return `${alias}.${addColumn(work, join, literal(segment.name))}`;
}

/** Who is in which of another cell's segments, by one pass over its relation. */
function addMembers({ work, entity }: People, cell: string): Join {
  const columns = new Map<string, string>();
  const query = () => {
    const flags = [...columns].map(([segment, column]) => `bool_or(s.segment = ${segment}) AS ${column}`);
    const key = `s.${name(entity)}`;
    return `SELECT ${key} AS ${KEY}, ${flags.join(", ")}\nFROM ${name(cell)} AS s\nWHERE s.segment IN (${[...columns.keys()].join(", ")})\nGROUP BY 1`;
  };
  const join: Join = { name: name(`segbook members ${work.joins.size + 1}`), match: "as is", columns, query };
  work.joins.set(`members ${cell}`, join);
  return join;
}
