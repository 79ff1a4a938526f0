/** A relation that a SELECT reads, under the name by which its columns are called. */
export interface SqlSource {
  readonly alias: string;
  readonly relation: string;
}

export interface Cte {
  readonly name: string;
  /** Null where they can't be told. */
  readonly columns: readonly string[] | null;
}

export interface SqlScope {
  /** What the SELECT around the offset reads, innermost first. */
  readonly sources: readonly SqlSource[];
  readonly ctes: readonly Cte[];
  /** The name before a dot that stands before the word at hand. */
  readonly dotted: string | null;
  /** Whether a relation is expected, as behind FROM and JOIN. */
  readonly wantsRelation: boolean;
  /** Whether the offset is in a text or a comment, where nothing is completed. */
  readonly quiet: boolean;
}

interface Token {
  readonly text: string;
  readonly lower: string;
  readonly kind: "word" | "sign" | "number" | "text";
  readonly from: number;
  readonly to: number;
  /** The innermost brackets around it, as places of their openings. */
  readonly group: readonly number[];
}

const TOKEN =
  /(?<quiet>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$))|(?<word>"(?:[^"]|"")*"?|[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d[\d.]*)|(?<sign>\S)/gu;

/** What can be told of the names at an offset of a SELECT, by its words alone: it need not be whole. */
export function sqlScope(
  sql: string,
  offset: number,
  columnsOf: (relation: string) => readonly string[] | null,
): SqlScope {
  const { tokens, quiet } = read(sql, offset);
  const ctes = ctesOf(tokens, columnsOf);
  const word = tokens.find(({ kind, from, to }) => kind === "word" && from < offset && offset <= to);
  const before = tokens.filter(({ to }) => to <= (word?.from ?? offset));
  const last = before.at(-1);
  const group = groupAt(tokens, before, word);
  const sources = [...group.keys(), group.length]
    .map((length) => group.slice(0, length))
    .reverse()
    .flatMap((around) => sourcesOf(tokens.filter((token) => same(token.group, around))));
  const dotted = last?.text === "." && last.to === (word?.from ?? offset) ? (before.at(-2) ?? null) : null;
  return {
    sources,
    ctes,
    dotted: dotted === null ? null : nameOf(dotted),
    wantsRelation: dotted === null && wantsRelation(before.filter((token) => same(token.group, group))),
    quiet,
  };
}

function read(sql: string, offset: number): { tokens: Token[]; quiet: boolean } {
  const tokens: Token[] = [];
  const open: number[] = [];
  let quiet = false;
  for (const match of sql.matchAll(TOKEN)) {
    const [text] = match;
    const from = match.index;
    const to = from + text.length;
    if (match.groups?.quiet !== undefined) {
      const closed = /^'(?:[^']|'')*'$/.test(text) || text.endsWith("*/");
      quiet ||= from < offset && (closed ? offset < to : offset <= to);
      if (text.startsWith("'")) tokens.push({ text, lower: text, kind: "text", from, to, group: [...open] });
      continue;
    }
    if (text === ")") open.pop();
    const kind = match.groups?.word !== undefined ? "word" : match.groups?.number !== undefined ? "number" : "sign";
    tokens.push({ text, lower: text.toLowerCase(), kind, from, to, group: [...open] });
    if (text === "(") open.push(from);
  }
  return { tokens, quiet };
}

function groupAt(tokens: readonly Token[], before: readonly Token[], word: Token | undefined): readonly number[] {
  if (word !== undefined) return word.group;
  const last = before.at(-1);
  if (last === undefined) return tokens[0]?.group ?? [];
  return last.text === "(" ? [...last.group, last.from] : last.group;
}

/** FROM and JOIN with the names behind them, and those that commas add. */
function sourcesOf(tokens: readonly Token[]): SqlSource[] {
  const sources: SqlSource[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens[at]?.lower;
    if (word !== "from" && word !== "join") continue;
    for (at += 1; at < tokens.length; at += 1) {
      const name = tokens[at];
      if (name === undefined || (name.kind !== "word" && name.text !== "(")) break;
      const isGroup = name.text === "(";
      if (isGroup) at += 1;
      const as = tokens[at + 1]?.lower === "as" ? 1 : 0;
      const alias = tokens[at + 1 + as];
      const isAlias = alias?.kind === "word" && (as === 1 || !CLAUSES.has(alias.lower));
      if (isAlias) at += 1 + as;
      if (!isGroup || isAlias) {
        sources.push({ alias: isAlias && alias ? nameOf(alias) : nameOf(name), relation: isGroup ? "" : nameOf(name) });
      }
      if (tokens[at + 1]?.text !== ",") break;
      at += 1;
    }
  }
  return sources;
}

const CLAUSES = new Set(
  `select from where group having order limit offset qualify window union intersect except join inner left right full
   cross natural asof positional semi anti on using sample tablesample pivot unpivot at`.split(/\s+/),
);

function wantsRelation(before: readonly Token[]): boolean {
  const last = before.at(-1);
  if (last?.lower === "from" || last?.lower === "join") return true;
  if (last?.text !== ",") return false;
  const clause = before.findLast(({ kind, lower }) => kind === "word" && CLAUSES.has(lower));
  return clause?.lower === "from";
}

function ctesOf(tokens: readonly Token[], columnsOf: (relation: string) => readonly string[] | null): Cte[] {
  const found: Cte[] = [];
  const known = (relation: string) =>
    found.find(({ name }) => name.toLowerCase() === relation.toLowerCase())?.columns ?? columnsOf(relation);
  tokens.forEach((token, at) => {
    const open = tokens[at + 2];
    const starts =
      tokens[at - 1]?.lower === "with" || tokens[at - 1]?.lower === "recursive" || tokens[at - 1]?.text === ",";
    if (token.kind !== "word" || !starts || tokens[at + 1]?.lower !== "as" || open?.text !== "(") return;
    const inner = tokens.filter(({ group }) => same(group, [...open.group, open.from]));
    found.push({ name: nameOf(token), columns: outputOf(inner, known) });
  });
  return found;
}

/** Names of the columns that a SELECT yields, as far as its words tell. */
function outputOf(
  tokens: readonly Token[],
  columnsOf: (relation: string) => readonly string[] | null,
): string[] | null {
  const select = tokens.findIndex(({ lower }) => lower === "select");
  const sources = sourcesOf(tokens);
  const all = (wanted: readonly SqlSource[]) => wanted.flatMap(({ relation }) => columnsOf(relation) ?? []);
  if (select < 0) return sources.length === 0 ? null : all(sources);
  const end = tokens.findIndex((token, at) => at > select && CLAUSES.has(token.lower));
  const items: Token[][] = [[]];
  for (const token of tokens.slice(select + 1, end < 0 ? undefined : end)) {
    if (token.text === ",") items.push([]);
    else if (token.lower !== "distinct") items.at(-1)?.push(token);
  }
  return items.flatMap((item) => {
    const last = item.at(-1);
    if (last?.text === "*") {
      const of = item[0] && item.length > 1 ? nameOf(item[0]) : null;
      return all(of === null ? sources : sources.filter(({ alias }) => alias === of));
    }
    return last?.kind === "word" && last.lower !== "end" ? [nameOf(last)] : [];
  });
}

function nameOf({ text }: Token): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, "").replaceAll('""', '"') : text;
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((place, at) => place === other[at]);
}
