type Path = readonly (string | number)[];

/** Where in a YAML body something is being written. The body need not be well formed: lines are read by their indent. */
export interface YamlPlace {
  /** Of the map or list that a key or an item is written in; of the value itself where that is written. */
  readonly path: Path;
  readonly what: "key" | "value";
  /** Where what is being written begins, and what of it stands before the cursor. */
  readonly from: number;
  readonly typed: string;
  /** The text of the value up to the cursor without its indent, with the offset in the body of each of its characters; of keys null. */
  readonly scalar: Scalar | null;
  /** Keys that the same map has already. */
  readonly siblings: readonly string[];
  /** Whether it stands inside [ ] or { }. */
  readonly flow: boolean;
}

export interface Scalar {
  readonly text: string;
  readonly offsets: readonly number[];
}

interface Entry {
  readonly indent: number;
  /** A key's name; null for an item of a list. */
  readonly key: string | null;
  /** Column where what follows the key or the dash begins. */
  readonly after: number;
}

/** Where an offset of a body is. */
export function yamlPlace(body: string, offset: number): YamlPlace {
  const lines = body.split("\n");
  const row = body.slice(0, offset).split("\n").length - 1;
  const start = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
  const before = body.slice(start, offset);
  const block = blockAround(lines, row, before);
  if (block !== null) return inBlock(lines, row, { before, block });
  const entries = entriesOf(before);
  const last = entries.at(-1);
  if (last !== undefined && last.key !== null) {
    const path = pathTo(lines, row, entries);
    return inValue({ before, start, column: last.after, path });
  }
  const column = last?.after ?? indentOf(before);
  const path = pathTo(
    lines,
    row,
    last === undefined ? [{ indent: column, key: null, after: column }] : entries,
    last === undefined,
  );
  const opened = /^[[{]/.test(before.slice(column));
  if (opened) return inValue({ before, start, column, path });
  const typed = before.slice(column);
  const siblings = siblingsOf(lines, row, column);
  const scalar = scalarOf(typed, start + column);
  return { path, what: "key", from: start + column, typed, scalar, siblings, flow: false };
}

/** A value on its key's line, or in brackets there. */
function inValue({
  before,
  start,
  column,
  path,
}: {
  before: string;
  start: number;
  column: number;
  path: Path;
}): YamlPlace {
  const written = before.slice(column);
  if (!/^[[{]/.test(written)) {
    return {
      path,
      what: "value",
      from: start + column,
      typed: written,
      scalar: scalarOf(written, start + column),
      siblings: [],
      flow: false,
    };
  }
  const open = openBrackets(written);
  const inner = open.at(-1);
  if (inner === undefined)
    return { path, what: "value", from: start + before.length, typed: "", scalar: null, siblings: [], flow: true };
  const inside = written.slice(inner.from);
  const deeper = [...path, ...open.slice(0, -1).flatMap(({ step }) => step)];
  const from = inner.from + (/^\s*/.exec(inside)?.[0].length ?? 0);
  const pair = /^\s*([^:,{}[\]]+):\s+/.exec(inside);
  if (inner.mark === "{" && pair === null) {
    const typed = written.slice(from);
    return {
      path: deeper,
      what: "key",
      from: start + column + from,
      typed,
      scalar: null,
      siblings: inner.keys,
      flow: true,
    };
  }
  const at = pair === null ? from : inner.from + pair[0].length;
  const step = pair === null ? inner.count : bareKey(pair[1] ?? "");
  const typed = written.slice(at);
  const scalar = scalarOf(typed, start + column + at);
  return { path: [...deeper, step], what: "value", from: start + column + at, typed, scalar, siblings: [], flow: true };
}

interface Open {
  readonly mark: "[" | "{";
  /** Where the entry at hand begins. */
  from: number;
  count: number;
  readonly keys: string[];
  /** What leads from here to the bracket inside. */
  step: (string | number)[];
}

function openBrackets(written: string): Open[] {
  const open: Open[] = [];
  let quote = "";
  for (let at = 0; at < written.length; at += 1) {
    const sign = written.charAt(at);
    const inner = open.at(-1);
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === "[" || sign === "{") {
      if (inner !== undefined) {
        const key = /^\s*([^:,{}[\]]+):/.exec(written.slice(inner.from, at))?.[1];
        inner.step = [key === undefined ? inner.count : bareKey(key)];
      }
      open.push({ mark: sign, from: at + 1, count: 0, keys: [], step: [] });
    } else if (sign === "]" || sign === "}") open.pop();
    else if (sign === "," && inner !== undefined) {
      const key = /^\s*([^:,{}[\]]+):/.exec(written.slice(inner.from, at))?.[1];
      if (key !== undefined) inner.keys.push(bareKey(key));
      inner.count += 1;
      inner.from = at + 1;
    }
  }
  return open;
}

/** The row of the `|` or `>` whose block a row lies in; null where it lies in none. */
function blockAround(lines: readonly string[], row: number, before: string): number | null {
  const own = lines[row] ?? "";
  let indent = own.trim() === "" ? before.length : indentOf(own);
  for (let above = row - 1; above >= 0 && indent > 0; above -= 1) {
    const line = lines[above] ?? "";
    if (line.trim() === "" || indentOf(line) >= indent) continue;
    if (/(?:^|[:\s-])[|>][-+\d]*\s*$/.test(line) && entriesOf(line).length > 0) return above;
    indent = indentOf(line);
  }
  return null;
}

function inBlock(
  lines: readonly string[],
  row: number,
  { before, block }: { before: string; block: number },
): YamlPlace {
  const inside = lines.slice(block + 1, row + 1);
  const indent = indentOf(inside.find((line) => line.trim() !== "") ?? before);
  let offset = lines.slice(0, block + 1).reduce((sum, line) => sum + line.length + 1, 0);
  let text = "";
  const offsets: number[] = [];
  inside.forEach((line, index) => {
    const isLast = index === inside.length - 1;
    const shown = (isLast ? before : line).slice(indent) + (isLast ? "" : "\n");
    const first = offset + Math.min(indent, line.length);
    for (let at = 0; at < shown.length; at += 1) offsets.push(first + at);
    text += shown;
    offset += line.length + 1;
  });
  const at = offset - 1 - (lines[row] ?? "").length + before.length;
  const path = pathTo(lines, block, entriesOf(lines[block] ?? ""));
  return {
    path,
    what: "value",
    from: at,
    typed: text,
    scalar: { text, offsets: [...offsets, at] },
    siblings: [],
    flow: false,
  };
}

function scalarOf(written: string, from: number): Scalar {
  const quoted = /^["']/.test(written) ? 1 : 0;
  const text = written.slice(quoted);
  return { text, offsets: [...Array(text.length + 1).keys()].map((at) => from + quoted + at) };
}

/** The dashes and the key that a line begins with. */
function entriesOf(line: string): Entry[] {
  const entries: Entry[] = [];
  let at = indentOf(line);
  for (let dash = /^- +|^-$/.exec(line.slice(at)); dash !== null; dash = /^- +|^-$/.exec(line.slice(at))) {
    entries.push({ indent: at, key: null, after: at + dash[0].length });
    at += dash[0].length;
  }
  const key = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#[\]{},'"|>][^#]*?)\s*:(?:\s+|$)/.exec(line.slice(at));
  if (key !== null) entries.push({ indent: at, key: bareKey(key[1] ?? ""), after: at + key[0].length });
  return entries;
}

/** The path that leads to what stands behind a row's entries, by the rows above that are indented less. */
function pathTo(lines: readonly string[], row: number, entries: readonly Entry[], isBare = false): Path {
  const path: (string | number)[] = [];
  let indent = Number.POSITIVE_INFINITY;
  // An item's own list begins at a key that is indented as much as the item, or less.
  let inList = false;
  let count = 0;
  const take = ({ indent: at, key }: Entry): void => {
    if (inList && key === null && at === indent) {
      count += 1;
      path[0] = count;
      return;
    }
    if (at > indent || (at === indent && !(inList && key !== null))) return;
    path.unshift(key ?? 0);
    inList = key === null;
    count = 0;
    indent = at;
  };
  if (isBare) indent = entries[0]?.indent ?? 0;
  else for (const entry of [...entries].reverse()) take(entry);
  for (let above = row - 1; above >= 0; above -= 1) {
    const line = lines[above] ?? "";
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    for (const entry of entriesOf(line).reverse()) take(entry);
  }
  return path;
}

/** Keys of the map whose entries begin at a column, around a row. */
function siblingsOf(lines: readonly string[], row: number, column: number): string[] {
  const found: string[] = [];
  for (const step of [-1, 1]) {
    for (let at = row + step; at >= 0 && at < lines.length; at += step) {
      const line = lines[at] ?? "";
      if (line.trim() === "") continue;
      const own = entriesOf(line).find((entry) => entry.indent === column && entry.key !== null);
      if (own?.key) found.push(own.key);
      if (indentOf(line) < column) break;
    }
  }
  return found;
}

function bareKey(key: string): string {
  return key.trim().replace(/^(["'])(.*)\1$/, "$2");
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
