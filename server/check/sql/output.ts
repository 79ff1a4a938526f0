import type { From } from "./from.ts";
import { PICKS } from "./functions.ts";
import { expressionId, type Groups, makesRows } from "./groups.ts";
import { idOf, type Resolved, type Scope } from "./scope.ts";
import type { Shape, ShapeColumn } from "./shape.ts";
import { conjuncts, constantOf, type Node, nodeOf, nodesOf, textOf } from "./tree.ts";
import { typeOf } from "./types.ts";

export interface Selecting {
  readonly from: From;
  readonly resolve: (node: Node | null) => Resolved | null;
  readonly keys: readonly (readonly string[])[];
  readonly groups: Groups | null;
}

interface Output extends ShapeColumn {
  /** What it is inside the query. */
  readonly id: string;
}

/** What a SELECT yields: its columns, and which of them tell its rows apart. */
export function outputOf(node: Node, selecting: Selecting): Shape {
  const { from, groups, resolve } = selecting;
  const opaque = from.tables.some(({ shape }) => shape.opaque);
  const outputs = nodesOf(node, "select_list").map((item) => itemOutputs(item, selecting));
  const keys = makesRows(node) ? [] : [...selecting.keys, ...firstOfEach(node, selecting)];
  const modifiers = nodesOf(node, "modifiers");
  const distinct = modifiers.find((one) => one.type === "DISTINCT_MODIFIER");
  const on = distinct === undefined ? [] : nodesOf(distinct, "distinct_on_targets");
  if (on.length > 0) keys.push(on.map((one) => expressionId(one, resolve)));
  if (outputs.includes(null)) return { columns: null, keys: [], opaque: opaque && groups === null };
  const columns = outputs.flatMap((one) => one ?? []);
  const nameOf = new Map([...columns].reverse().map(({ id, name }) => [id, name.toLowerCase()]));
  const kept = keys.flatMap((key) => {
    const names = key.map((id) => nameOf.get(id));
    return names.includes(undefined) ? [] : [names.flatMap((name) => name ?? [])];
  });
  if (distinct !== undefined && on.length === 0) kept.push(columns.map(({ name }) => name.toLowerCase()));
  const shown = columns.map(({ name, type, origin }) => ({ name, type, origin }));
  return { columns: shown, keys: kept, opaque: opaque && groups === null };
}

/** The columns of one item of the SELECT list; null where a star stands for columns that are not known. */
function itemOutputs(item: Node, selecting: Selecting): Output[] | null {
  const { from, resolve } = selecting;
  if (item.class === "STAR") return starOutputs(item, from);
  const column = resolve(item);
  const name = textOf(item, "alias") || column?.name || textOf(item, "function_name") || "expression";
  const id = expressionId(item, resolve);
  if (column !== null) return [{ id, name, type: column.type, origin: column.origin }];
  const scope = { resolve } as Scope;
  return [{ id, name, type: typeOf(item, scope), origin: pickedFrom(item, resolve) }];
}

/** One text of a group is still a text of its column; a time of it is not the time of each row. */
function pickedFrom(item: Node, resolve: Selecting["resolve"]): ShapeColumn["origin"] {
  const name = textOf(item, "function_name").toLowerCase();
  if (item.class !== "FUNCTION" || !(PICKS.has(name) || name === "min" || name === "max")) return null;
  const column = resolve(nodesOf(item, "children")[0] ?? null);
  return column?.type === "VARCHAR" ? column.origin : null;
}

function starOutputs(item: Node, from: From): Output[] | null {
  const wanted = textOf(item, "relation_name").toLowerCase();
  const tables = wanted === "" ? from.tables : from.tables.filter(({ alias }) => alias === wanted);
  const left = new Set((item.exclude_list as string[]).map((name) => String(name).toLowerCase()));
  const replaced = new Set(nodesOf(item, "replace_list").map((entry) => textOf(entry, "key").toLowerCase()));
  const renames = item.rename_list;
  if (tables.some(({ shape }) => shape.columns === null) || (Array.isArray(renames) && renames.length > 0)) return null;
  if (item.columns === true || item.expr !== null) return null;
  const seen = new Set<string>();
  return tables.flatMap((table) => {
    const index = from.tables.indexOf(table);
    return (table.shape.columns ?? []).flatMap((column) => {
      const name = column.name.toLowerCase();
      // Columns of USING come once.
      if (left.has(name) || (wanted === "" && isUsed(name, from) && seen.has(name))) return [];
      seen.add(name);
      const isReplaced = replaced.has(name);
      return [{ ...column, id: idOf(index, column.name), ...(isReplaced ? { type: null, origin: null } : {}) }];
    });
  });
}

function isUsed(name: string, from: From): boolean {
  return from.joins.some(({ node }) => (node.using_columns as string[]).some((one) => one.toLowerCase() === name));
}

/** `QUALIFY row_number() OVER (PARTITION BY …) = 1` keeps one row of each. */
function firstOfEach(node: Node, { resolve }: Selecting): string[][] {
  return conjuncts(nodeOf(node, "qualify")).flatMap((condition) => {
    const window = nodeOf(condition, "left");
    const isFirst = textOf(condition, "type") === "COMPARE_EQUAL" && constantOf(nodeOf(condition, "right")) === 1;
    if (!isFirst || window === null || textOf(window, "function_name") !== "row_number") return [];
    return [nodesOf(window, "partitions").map((one) => expressionId(one, resolve))];
  });
}
