import { alike } from "../../engine/alike.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { converted, misfit } from "./profile.ts";
import { type RawColumn, type RawGroup, ROW, rawRows } from "./raw.ts";
import type { SourceColumn } from "./resolve.ts";

/** SELECT of all rows of all groups in our names and types, numbered by `__segbook_row`. Rows with a misfit are left out. */
export function typedRows(groups: readonly RawGroup[], columns: readonly SourceColumn[]): string {
  const parts = groups.map((group, index) => {
    const { values, lists, bad } = typedValues(columns, group);
    const named = columns.map((column) => `${values.get(column)} AS ${quoted(column.name)}`);
    const raw = rawRows(group, index);
    const from = lists.length === 0 ? raw : `(SELECT *, ${lists.join(", ")} FROM ${raw})`;
    const where = bad.length === 0 ? "" : `\nWHERE NOT (${bad.join(" OR ")})`;
    return `SELECT ${[ROW, ...named].join(", ")}\nFROM ${from}${where}`;
  });
  return parts.join("\nUNION ALL\n");
}

interface TypedValues {
  /** SQL for the value of each column. */
  readonly values: ReadonlyMap<SourceColumn, string>;
  /** Lists that the values are taken from, to stand beside the raw columns. */
  readonly lists: readonly string[];
  /** SQL that is true where a value is not of its declared type. */
  readonly bad: readonly string[];
}

function typedValues(columns: readonly SourceColumn[], group: RawGroup): TypedValues {
  const places = new Map(group.columns.map(({ name }, at) => [name, at]));
  const placeOf = ({ raw }: SourceColumn) => places.get(raw) ?? -1;
  const rawOf = (column: SourceColumn) => group.columns[placeOf(column)];
  /** What is done to the column's values; null where they are taken as they are. */
  const wayOf = (column: SourceColumn) => {
    const raw = rawOf(column);
    const value = typedValue("value", column, raw, group);
    return raw === undefined || value === "value" ? null : `${raw.type} ${column.declared} ${value}`;
  };
  const values = new Map<SourceColumn, string>();
  const lists: string[] = [];
  const bad: string[] = [];
  const asTheyAre: SourceColumn[] = [];
  const changed: SourceColumn[] = [];
  for (const column of columns) (wayOf(column) === null ? asTheyAre : changed).push(column);
  // Where columns are read one by one, a list of all of them would be read for each.
  const ways = group.columnar ? null : alike(changed, (column) => wayOf(column) ?? "");
  for (const column of ways === null ? columns : asTheyAre) {
    const value = `r${placeOf(column)}`;
    values.set(column, typedValue(value, column, rawOf(column), group));
    const misfits = column.declared ? misfitOf(value, column, rawOf(column), group) : null;
    if (misfits !== null) bad.push(misfits);
  }
  for (const [index, those] of (ways ?? []).entries()) {
    const [first] = those;
    if (first === undefined) continue;
    const texts = `[${those.map((column) => `r${placeOf(column)}`).join(", ")}]`;
    lists.push(
      `list_transform(${texts}, lambda value: ${typedValue("value", first, rawOf(first), group)}) AS l${index}`,
    );
    for (const [nth, column] of those.entries()) values.set(column, `l${index}[${nth + 1}]`);
    const misfits = first.declared ? misfitOf("value", first, rawOf(first), group) : null;
    if (misfits !== null) bad.push(`len(list_filter(${texts}, lambda value: ${misfits})) > 0`);
  }
  return { values, lists, bad };
}

/** SELECT of the rows whose value of a column is not of its type: row, column, value, reason. */
export function misfitRows(groups: readonly RawGroup[], column: SourceColumn, reason: string): string {
  const parts = groups.flatMap((group, index) => {
    const at = group.columns.findIndex(({ name }) => name === column.raw);
    const bad = misfitOf(`r${at}`, column, group.columns[at], group);
    if (bad === null) return [];
    const value = `CAST(r${at} AS VARCHAR)`;
    return [
      `SELECT ${ROW} AS row, ${literal(column.name)} AS "column", ${value} AS value, ${literal(reason)} AS reason FROM ${rawRows(group, index)} WHERE ${bad}`,
    ];
  });
  return parts.join("\nUNION ALL\n");
}

function typedValue(value: string, column: SourceColumn, raw: RawColumn | undefined, group: RawGroup): string {
  if (raw === undefined) return `CAST(NULL AS ${column.type})`;
  const result = converted(value, raw, column.type, group);
  return raw.type === null || raw.type === column.type ? result : `CAST(${result} AS ${column.type})`;
}

function misfitOf(value: string, column: SourceColumn, raw: RawColumn | undefined, group: RawGroup): string | null {
  return raw === undefined ? null : misfit(value, raw, column.type, group);
}
