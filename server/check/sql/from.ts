import { columnIn, type Resolved, resolver, type ScopeJoin, type ScopeTable } from "./scope.ts";
import { coversKey, type Shape } from "./shape.ts";
import { conjuncts, type Node, nodeOf, textOf } from "./tree.ts";

export interface From {
  readonly tables: readonly ScopeTable[];
  readonly joins: readonly ScopeJoin[];
  /** Sets of column ids that tell its rows apart. */
  readonly keys: readonly (readonly string[])[];
}

/** What a query inside FROM, or a name in it, is. */
export type ShapeOf = (node: Node) => { readonly shape: Shape; readonly relation: string | null };

/** More sets than these tell nothing new. */
const MOST_KEYS = 12;

/** The tables of a FROM, how they are joined, and what tells their rows apart. `where` may hold what joins them. */
export function readFrom(node: Node | null, where: Node | null, shapeOf: ShapeOf): From {
  const tables: ScopeTable[] = [];
  const joins: ScopeJoin[] = [];
  const conditions = conjuncts(where);
  const read = (one: Node | null): Omit<From, "joins"> => {
    if (one === null || one.type === "EMPTY") return { tables: [], keys: [[]] };
    if (one.type === "JOIN") return join(one);
    const { shape, relation } = shapeOf(one);
    const alias = (textOf(one, "alias") || textOf(one, "table_name")).toLowerCase();
    const table: ScopeTable = { alias, relation, shape, node: one };
    const index = tables.push(table) - 1;
    return { tables: [table], keys: shape.keys.map((key) => key.map((name) => `${index}.${name}`)) };
  };
  const join = (one: Node): Omit<From, "joins"> => {
    const left = read(nodeOf(one, "left"));
    const before = tables.length;
    const right = read(nodeOf(one, "right"));
    const both = [...left.tables, ...right.tables];
    const kind = textOf(one, "join_type");
    if (kind === "SEMI" || kind === "ANTI") {
      // What only sifts the rows of the left has no columns.
      tables.length = before;
      return left;
    }
    const isListed = textOf(one, "ref_type") === "CROSS";
    const written = isListed ? conditions : conjuncts(nodeOf(one, "condition"));
    const equal = [...usingPairs(one, left, right, tables), ...equalities(written, left, right, tables)];
    const held = (side: readonly Resolved[]) => side.map(({ id }) => id);
    const leftIsUnique = coversKey(held(equal.map((pair) => pair.left)), left.keys);
    const isAsOf = textOf(one, "ref_type") === "ASOF";
    const rightIsUnique = isAsOf || coversKey(held(equal.map((pair) => pair.right)), right.keys);
    const hasMore = !isListed && written.length > equalities(written, left, right, tables).length;
    joins.push({ node: one, left: left.tables, right: right.tables, equal, leftIsUnique, rightIsUnique, hasMore });
    // An equal column of the left stands for that of the right, but for rows that meet nothing on the left.
    const keepsLeft = kind === "INNER" || kind === "LEFT";
    const stand = new Map(keepsLeft ? equal.map((pair) => [pair.right.id, pair.left.id]) : []);
    const ofRight = right.keys.flatMap((key) => [key, key.map((id) => stand.get(id) ?? id)]);
    const keys = [
      // Rows that meet nothing leave the other side's key missing, as often as there are such rows.
      ...(rightIsUnique && keepsLeft ? left.keys : []),
      ...(leftIsUnique && (kind === "INNER" || kind === "RIGHT") ? ofRight : []),
      ...left.keys.flatMap((key) => ofRight.map((other) => [...key, ...other])),
    ];
    return { tables: both, keys: keys.slice(0, MOST_KEYS) };
  };
  const whole = read(node);
  return { ...whole, joins };
}

/** Columns named by USING, and for NATURAL those that both sides have. */
function usingPairs(node: Node, left: Side, right: Side, tables: readonly ScopeTable[]) {
  const isNatural = textOf(node, "ref_type") === "NATURAL";
  const shared = left.tables.flatMap(({ shape }) => shape.columns?.map(({ name }) => name) ?? []);
  const names = isNatural ? shared : (node.using_columns as string[]);
  return names.flatMap((name) => {
    const one = inSide(left, name, tables);
    const other = inSide(right, name, tables);
    return one === null || other === null ? [] : [{ left: one, right: other }];
  });
}

type Side = Omit<From, "joins">;

function inSide(side: Side, name: string, tables: readonly ScopeTable[]): Resolved | null {
  for (const table of side.tables) {
    const found = columnIn(table, name, tables);
    if (found !== null) return found;
  }
  const [only] = side.tables;
  if (only === undefined || side.tables.length !== 1 || only.shape.columns !== null) return null;
  return { id: `${tables.indexOf(only)}.${name.toLowerCase()}`, table: only, name, type: null, origin: null };
}

function equalities(conditions: readonly Node[], left: Side, right: Side, tables: readonly ScopeTable[]) {
  const resolve = resolver([...tables]);
  return conditions.flatMap((condition) => {
    if (!/^COMPARE_(EQUAL|NOT_DISTINCT_FROM)$/.test(textOf(condition, "type"))) return [];
    const one = resolve(nodeOf(condition, "left"));
    const other = resolve(nodeOf(condition, "right"));
    if (one === null || other === null) return [];
    if (left.tables.includes(one.table) && right.tables.includes(other.table)) return [{ left: one, right: other }];
    if (left.tables.includes(other.table) && right.tables.includes(one.table)) return [{ left: other, right: one }];
    return [];
  });
}
