import { readFrom } from "./from.ts";
import { groupsOf, makesRows } from "./groups.ts";
import { outputOf } from "./output.ts";
import { resolver, type Scope } from "./scope.ts";
import { OPAQUE, type Shape } from "./shape.ts";
import { innerQueries, isNode, type Json, type Node, nodeOf, nodesOf, textOf } from "./tree.ts";

export interface Scopes {
  readonly scopes: readonly Scope[];
  /** What the whole statement yields. */
  readonly shape: Shape;
  /** Names of WITH that nothing reads, with the query of each. */
  readonly unread: readonly { readonly name: string; readonly query: Node }[];
}

/** A name of WITH, and whether anything has read it. */
interface Named {
  readonly shape: Shape;
  isRead: boolean;
}

type Names = ReadonlyMap<string, Named>;

/** Every SELECT of a statement with what its names mean; `known` gives the notebook's relations. */
export function scopesOf(query: Node, known: (name: string) => Shape | null): Scopes {
  const scopes: Scope[] = [];
  const unread: { name: string; query: Node }[] = [];

  const read = (node: Node, around: Names): Shape => {
    const [names, watched] = withNames(node, around);
    const shape = body(node, names);
    for (const one of watched) if (!one.named.isRead) unread.push({ name: one.name, query: one.query });
    return shape;
  };

  const withNames = (node: Node, around: Names): [Names, { name: string; query: Node; named: Named }[]] => {
    const names = new Map(around);
    const watched: { name: string; query: Node; named: Named }[] = [];
    for (const entry of nodesOf(nodeOf(node, "cte_map") ?? {}, "map")) {
      const value = nodeOf(entry, "value");
      const inner = nodeOf(nodeOf(value ?? {}, "query") ?? {}, "node");
      if (inner === null) continue;
      const name = textOf(entry, "key").toLowerCase();
      const shape = inner.type === "RECURSIVE_CTE_NODE" ? recursive(inner, name, names) : read(inner, names);
      const named = { shape: renamed(shape, value?.aliases), isRead: false };
      names.set(name, named);
      watched.push({ name: textOf(entry, "key"), query: inner, named });
    }
    return [names, watched];
  };

  const recursive = (node: Node, name: string, around: Names): Shape => {
    const first = nodeOf(node, "left");
    const columns = first === null ? null : read(first, around).columns;
    const shape = { columns, keys: [], opaque: true };
    const rest = nodeOf(node, "right");
    if (rest !== null) read(rest, new Map([...around, [name, { shape, isRead: true }]]));
    return shape;
  };

  const body = (node: Node, names: Names): Shape => {
    if (node.type === "SET_OPERATION_NODE") return setOperation(node, names);
    if (node.type !== "SELECT_NODE") return OPAQUE;
    const from = readFrom(nodeOf(node, "from_table"), nodeOf(node, "where_clause"), (table) =>
      tableShape(table, names),
    );
    for (const [key, part] of Object.entries(node))
      if (key !== "from_table" && key !== "cte_map") for (const one of innerQueries(part)) read(one, names);
    for (const condition of joinConditions(nodeOf(node, "from_table")))
      for (const one of innerQueries(condition)) read(one, names);
    const resolve = resolver(from.tables);
    const groups = groupsOf(node, resolve);
    const keys = makesRows(node) ? [] : groups === null ? from.keys : [groups.ids];
    const shape = outputOf(node, { from, resolve, keys, groups });
    const ids = { rowKeys: from.keys, keys, groups: groups?.ids ?? null };
    scopes.push({ node, tables: from.tables, joins: from.joins, ...ids, shape, resolve });
    return shape;
  };

  const setOperation = (node: Node, names: Names): Shape => {
    const sides = [nodeOf(node, "left"), nodeOf(node, "right"), ...nodesOf(node, "children")];
    const [first, ...rest] = sides.flatMap((side) => (side === null ? [] : [read(side, names)]));
    const columns = first?.columns?.map((column, index) => {
      const types = new Set([first, ...rest].map((side) => side.columns?.[index]?.type ?? null));
      return { name: column.name, type: types.size === 1 ? column.type : null, origin: null };
    });
    const isDistinct = node.setop_all !== true;
    const keys = columns !== undefined && isDistinct ? [columns.map(({ name }) => name.toLowerCase())] : [];
    const shape: Shape = { columns: columns ?? null, keys, opaque: false };
    const table = { alias: "", relation: null, shape, node };
    const ids = keys.map((key) => key.map((name) => `0.${name}`));
    const resolve = resolver([table]);
    scopes.push({ node, tables: [table], joins: [], rowKeys: ids, keys: ids, groups: null, shape, resolve });
    return shape;
  };

  const tableShape = (node: Node, names: Names): { shape: Shape; relation: string | null } => {
    if (node.type === "SUBQUERY") {
      const inner = nodeOf(nodeOf(node, "subquery") ?? {}, "node");
      const shape = inner === null ? OPAQUE : read(inner, names);
      return { shape: renamed(shape, node.column_name_alias), relation: null };
    }
    if (node.type !== "BASE_TABLE") return { shape: OPAQUE, relation: null };
    const name = textOf(node, "table_name").toLowerCase();
    const named = names.get(name);
    if (named !== undefined) {
      named.isRead = true;
      return { shape: renamed(named.shape, node.column_name_alias), relation: null };
    }
    const shape = known(name) ?? OPAQUE;
    return { shape: renamed(shape, node.column_name_alias), relation: name };
  };

  const shape = read(query, new Map());
  return { scopes, shape, unread };
}

/** A shape whose first columns go by other names: `t(a, b)`. */
function renamed(shape: Shape, aliases: Json | undefined): Shape {
  if (!Array.isArray(aliases) || aliases.length === 0) return shape;
  const names = aliases as readonly string[];
  if (shape.columns === null) return { ...shape, keys: [] };
  const columns = shape.columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
  const now = new Map(shape.columns.map(({ name }, index) => [name.toLowerCase(), columns[index]?.name ?? name]));
  return { ...shape, columns, keys: shape.keys.map((key) => key.map((name) => (now.get(name) ?? name).toLowerCase())) };
}

function joinConditions(node: Node | null): Node[] {
  if (!isNode(node ?? undefined) || node?.type !== "JOIN") return [];
  const sides = [nodeOf(node, "left"), nodeOf(node, "right")].flatMap(joinConditions);
  const own = nodeOf(node, "condition");
  return own === null ? sides : [own, ...sides];
}
