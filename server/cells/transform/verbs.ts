import { type ColumnTable, desc, op } from "arquero";
import { guardExpression } from "./guard.ts";
import type { VerbName } from "./names.ts";

type Verb = { readonly name: VerbName; readonly argument: unknown; readonly other: ColumnTable | null };

type Apply = (table: ColumnTable, argument: unknown, other: ColumnTable | null) => ColumnTable;

const texts = (argument: unknown): string[] => {
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.some((item) => typeof item !== "string")) throw new Error("expected a column or a list of columns");
  return list as string[];
};

const map = (argument: unknown): Record<string, string> => {
  if (argument === null || typeof argument !== "object" || Array.isArray(argument))
    throw new Error("expected a map of names");
  return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, String(value)]));
};

/** An expression that reaches no further than its row. */
const expression = (table: ColumnTable, argument: unknown): string => {
  if (typeof argument !== "string") throw new Error('expected an expression such as "d => d.spend > 3"');
  guardExpression(argument, table);
  return argument;
};

const expressions = (table: ColumnTable, argument: unknown): Record<string, string> => {
  const named = map(argument);
  for (const text of Object.values(named)) guardExpression(text, table);
  return named;
};

/** `-spend` sorts by spend, largest first. */
const orders = (argument: unknown) =>
  texts(argument).map((name) => (name.startsWith("-") ? desc(name.slice(1)) : name));

/** `[relation, [keys]]`, keys in both. */
const keys = (argument: unknown): string[] => {
  if (!Array.isArray(argument) || argument.length !== 2) throw new Error("expected `[relation, [key columns]]`");
  return texts(argument[1]);
};

const joined = (other: ColumnTable | null): ColumnTable => {
  if (other === null) throw new Error("the other relation is missing");
  return other;
};

/** Arquero's own verbs, but for those that draw at random or read files. */
const TABLE: Readonly<Record<VerbName, Apply>> = {
  filter: (table, argument) => table.filter(expression(table, argument)),
  derive: (table, argument) => table.derive(expressions(table, argument)),
  select: (table, argument) => table.select(...texts(argument)),
  rename: (table, argument) => table.rename(map(argument)),
  groupby: (table, argument) => table.groupby(...texts(argument)),
  ungroup: (table) => table.ungroup(),
  rollup: (table, argument) => table.rollup(expressions(table, argument)),
  count: (table) => table.count(),
  orderby: (table, argument) => table.orderby(...orders(argument)),
  dedupe: (table, argument) => (argument === null ? table.dedupe() : table.dedupe(...texts(argument))),
  fold: (table, argument) => table.fold(texts(argument)),
  slice: (table, argument) => {
    if (!Array.isArray(argument) || argument.some((item) => typeof item !== "number"))
      throw new Error("expected `[start, end]`");
    return table.slice(Number(argument[0]), argument.length > 1 ? Number(argument[1]) : Number.POSITIVE_INFINITY);
  },
  pivot: (table, argument) => {
    const { keys: key, values, ...rest } = map(argument);
    if (key === undefined || values === undefined || Object.keys(rest).length > 0)
      throw new Error("expected `{keys: column, values: column}`");
    return table.pivot(key, { [values]: op.any(values) } as never);
  },
  impute: (table, argument) => table.impute(expressions(table, argument)),
  join: (table, argument, other) => table.join(joined(other), keys(argument) as never),
  join_left: (table, argument, other) => table.join_left(joined(other), keys(argument) as never),
  semijoin: (table, argument, other) => table.semijoin(joined(other), keys(argument) as never),
  antijoin: (table, argument, other) => table.antijoin(joined(other), keys(argument) as never),
};

export function applyVerb(table: ColumnTable, verb: Verb): ColumnTable {
  for (const given of [table, verb.other]) if (given !== null) refuseLost(given);
  const applied = TABLE[verb.name](table, verb.argument, verb.other);
  refuseLost(applied);
  if (MAKING.has(verb.name)) refuseFunctions(applied, table);
  return applied;
}

/** Arquero keeps columns under their names in an object, where this name is no place of its own: the values would be gone. */
function refuseLost(table: ColumnTable): void {
  if (table.columnNames().includes("__proto__"))
    throw new Error("a transform can't hold a column called `__proto__`; give it another name in a sql cell");
}

const MAKING: ReadonlySet<VerbName> = new Set(["derive", "rollup", "impute"]);

/** A method without its brackets is a function, which is no value of a table and must never get to where it is called. */
function refuseFunctions(made: ColumnTable, before: ColumnTable): void {
  for (const name of made.columnNames()) {
    if (made.column(name) === before.column(name)) continue;
    if (holdsFunction(made.array(name))) throw new Error(`\`${name}\` is a function and not a value`);
  }
}

function holdsFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return false;
  return (Array.isArray(value) ? value : Object.values(value)).some(holdsFunction);
}
