import type { Origin, Shape } from "./shape.ts";
import { columnNames, type Node } from "./tree.ts";

/** What stands in a FROM. */
export interface ScopeTable {
  /** In lower case; "" where it has none. */
  readonly alias: string;
  /** The notebook's relation that it is; null for a query. */
  readonly relation: string | null;
  readonly shape: Shape;
  readonly node: Node;
}

export interface Resolved {
  /** Tells a column from all others of the scope. */
  readonly id: string;
  readonly table: ScopeTable;
  readonly name: string;
  readonly type: string | null;
  readonly origin: Origin | null;
}

/** Two sides of a FROM and the columns that are equal between them. */
export interface ScopeJoin {
  readonly node: Node;
  readonly left: readonly ScopeTable[];
  readonly right: readonly ScopeTable[];
  /** Ids of the equal columns, by side. */
  readonly equal: readonly { readonly left: Resolved; readonly right: Resolved }[];
  /** Whether the rows of a side are told apart by the equal columns. */
  readonly leftIsUnique: boolean;
  readonly rightIsUnique: boolean;
  /** Whether there is a condition of another form, which may keep what the equal columns would multiply. */
  readonly hasMore: boolean;
}

/** One SELECT with what its names mean. */
export interface Scope {
  /** The SELECT's node, or that of a UNION and the like. */
  readonly node: Node;
  readonly tables: readonly ScopeTable[];
  readonly joins: readonly ScopeJoin[];
  /** Sets of column ids that tell the rows of FROM apart. */
  readonly rowKeys: readonly (readonly string[])[];
  /** The same for the rows that the SELECT list yields: those of FROM, or the groups. */
  readonly keys: readonly (readonly string[])[];
  /** Ids of what is grouped by; null where nothing is. */
  readonly groups: readonly string[] | null;
  /** What the query yields. */
  readonly shape: Shape;
  resolve(node: Node | null): Resolved | null;
}

/** Finds columns by the names that a FROM gives them. Columns of queries around this one are not found. */
export function resolver(tables: readonly ScopeTable[]): (node: Node | null) => Resolved | null {
  return (node) => {
    const names = columnNames(node);
    const name = names?.at(-1);
    if (names === null || name === undefined) return null;
    const alias = names.length > 1 ? names.at(-2)?.toLowerCase() : undefined;
    const among = alias === undefined ? tables : tables.filter((table) => table.alias === alias);
    for (const table of among) {
      const found = columnIn(table, name, tables);
      if (found !== null) return found;
    }
    const [only] = among;
    // Of a table whose columns are not known, every name may be one.
    if (among.length !== 1 || only === undefined || only.shape.columns !== null) return null;
    return { id: idOf(tables.indexOf(only), name), table: only, name, type: null, origin: null };
  };
}

export function columnIn(table: ScopeTable, name: string, tables: readonly ScopeTable[]): Resolved | null {
  const column = table.shape.columns?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (column === undefined) return null;
  return { ...column, id: idOf(tables.indexOf(table), column.name), table };
}

export function idOf(table: number, column: string): string {
  return `${table}.${column.toLowerCase()}`;
}
