import { type ColumnTable, parse } from "arquero";

/** Names that lead from a value to the function that makes functions of texts, or to what all values share. */
const FORBIDDEN = new Set(["constructor", "prototype", "__proto__", "caller", "callee", "arguments"]);

/** What gives another value with each run, which no key could tell; the latter two where they are given no moment. */
const CHANGING = new Set(["random", "now"]);
const CHANGING_ALONE = new Set(["datetime", "utcdatetime"]);

const NAME = "[A-Za-z_$][A-Za-z0-9_$]*";
const FIELDS = `\\{\\s*${NAME}(?:\\s*:\\s*${NAME})?(?:\\s*,\\s*${NAME}(?:\\s*:\\s*${NAME})?)*\\s*,?\\s*\\}`;
const ROW = `(?:${NAME}|${FIELDS})`;
const ARROW = `(?:${NAME}|\\(\\s*(?:${ROW}(?:\\s*,\\s*${ROW})?)?\\s*\\))\\s*=>`;
const FUNCTION = `function\\s*(?:${NAME})?\\s*\\(\\s*(?:${ROW}(?:\\s*,\\s*${ROW})?)?\\s*\\)\\s*\\{`;

/** A function whose parameters are plain names: what stands for a column's name in quotes would become code. */
const PLAIN_FUNCTION = new RegExp(`^\\s*(?:${ARROW}|${FUNCTION})`);

/**
 * Throws where an expression might reach more than its row. Arquero makes code of expressions; its own grammar knows no
 * calls but those of its functions, and this closes what it leaves open.
 */
export function guardExpression(text: string, table: ColumnTable): void {
  // Inside a list a function is refused by the parser, however it is written.
  if (!PLAIN_FUNCTION.test(text)) treeOf(`[${text}]`, table);
  check(treeOf(text, table));
}

function treeOf(text: string, table: ColumnTable): unknown {
  const parsed = (parse as (input: object, options: object) => { exprs: unknown[] })(
    { value: text },
    { ast: true, table },
  );
  return parsed.exprs[0];
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === "object";
}

function check(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) check(item);
  if (!isNode(value) || Array.isArray(value)) return;
  if (value.type === "MemberExpression" || value.type === "Property") {
    checkKey(value.type === "Property" ? value.key : value.property, value.computed === true);
  }
  if (value.type === "CallExpression" && isNode(value.callee)) checkCall(String(value.callee.name), value.arguments);
  for (const [key, inner] of Object.entries(value)) if (key !== "value" || isNode(inner)) check(inner);
}

function checkCall(name: string, given: unknown): void {
  const [, field] = Array.isArray(given) ? given : [];
  const isAlone = Array.isArray(given) && given.length === 0;
  if (CHANGING.has(name) || (isAlone && CHANGING_ALONE.has(name)))
    throw new Error(`\`${name}\` gives another value with each run`);
  // It takes the name of a field, as brackets do.
  if (name === "pluck") checkKey(field, true);
}

/** A field is named as it stands; what is put together at run time could name anything. */
function checkKey(key: unknown, computed: boolean): void {
  if (!isNode(key)) return;
  const name = key.type === "Literal" ? key.value : key.name;
  const isWritten = key.type === "Literal" || (key.type === "Identifier" && !computed);
  if (!isWritten) throw new Error("a field in brackets must be a number or a text as it stands");
  if (FORBIDDEN.has(String(name))) throw new Error(`\`${name}\` is no field of a value`);
}
