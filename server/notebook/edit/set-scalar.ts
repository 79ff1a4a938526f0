import { canonicalBody } from "../canonical.ts";
import { isProblem } from "../is-problem.ts";
import { lineEnd } from "../lines.ts";
import { rulePlaces } from "../rule-places.ts";
import { nodeAt } from "../yaml/find.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { YamlPath } from "../yaml/reading.ts";
import type { ScalarValue } from "../yaml/render.ts";
import { setYaml } from "../yaml/set.ts";
import { mapValue } from "../yaml/value.ts";
import { withBody } from "./replace-body.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** Sets one scalar of a cell's body, adding the keys that lead to it; only its own lines change. Rules become blocks. */
export function setScalar(text: string, id: string, path: YamlPath, value: ScalarValue): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  if (cell.kind === "sql") return refusal("not-yaml", id, `\`${id}\` is SQL and has no keys.`, "Edit its text.");
  const end = lineEnd(/[\r\n]/.test(cell.body) ? cell.body : text);
  const body = setChecked(cell.body, {
    path,
    value,
    rules: rulePlaces(cell.kind),
    end,
  });
  return body === null ? cannotSet(id, path) : withBody(text, cell, body);
}

export interface ScalarEdit {
  readonly path: YamlPath;
  readonly value: ScalarValue;
  readonly rules: (path: YamlPath) => boolean;
  readonly end: string;
}

/** YAML with one scalar set, or null where it can't be done without changing anything else. */
export function setChecked(source: string, { path, value, rules, end }: ScalarEdit): string | null {
  if (path.length === 0 || parseYaml(source).errors.length > 0) return null;
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  const edited = setYaml(source, { path, value, rule: rules(path), end });
  if (edited === null) return null;
  const before = mapValue(parseYaml(source).contents, rules).value;
  const document = parseYaml(edited);
  const after = mapValue(document.contents, rules).value;
  if (before === null || after === null || document.errors.length > 0) return null;
  const node = nodeAt(document.contents, path);
  if (node === null) return null;
  // Where values keep their source text, a number comes back as it was written.
  const wanted = [value, String(value)].map((candidate) => canonicalBody(withValue(before, path, candidate)));
  return wanted.includes(canonicalBody(after)) ? edited : null;
}

/** Why a scalar was not set. */
export function cannotSet(cell: string | null, path: YamlPath): Exclude<Edited, string> {
  const hint = "Edit the text by hand.";
  return refusal("cannot-set", cell, `\`${path.join(".")}\` can't be set without changing other lines.`, hint);
}

function withValue(parent: unknown, path: YamlPath, value: ScalarValue): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(parent) || (parent == null && typeof step === "number")) {
    const items: unknown[] = [...(parent ?? [])];
    items[Number(step)] = withValue(items[Number(step)], rest, value);
    return items;
  }
  const map = Object.assign(Object.create(null), parent ?? {}) as Record<string, unknown>;
  map[String(step)] = withValue(map[String(step)], rest, value);
  return map;
}
