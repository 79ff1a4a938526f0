import { canonicalBody } from "../canonical.ts";
import { isProblem } from "../is-problem.ts";
import { rulePlaces } from "../rule-places.ts";
import { pairAt } from "../yaml/find.ts";
import { parseYaml } from "../yaml/parse.ts";
import type { YamlPath } from "../yaml/reading.ts";
import { renderKey } from "../yaml/render.ts";
import { mapValue } from "../yaml/value.ts";
import { withBody } from "./replace-body.ts";
import { cellOf, type Edited, editable, refusal } from "./target.ts";

/** Gives a key of a cell's body another name; nothing but the name changes. */
export function renameKey(text: string, id: string, path: YamlPath, name: string): Edited {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, id);
  if (isProblem(cell)) return cell;
  const document = parseYaml(cell.body);
  const pair = pairAt(document.contents, path);
  const before = String(path.at(-1) ?? "");
  if (cell.kind === "sql" || document.errors.length > 0 || pair === null) {
    return refusal(
      "unknown-key",
      id,
      `\`${id}\` has no key \`${before}\` that can be renamed.`,
      "Edit the text by hand.",
    );
  }
  const other = [...path.slice(0, -1), name];
  if (name !== before && pairAt(document.contents, other) !== null) {
    return refusal("name-taken", id, `\`${name}\` is there already.`, "Choose another name.");
  }
  const body = cell.body.slice(0, pair.key.range[0]) + renderKey(name) + cell.body.slice(pair.key.range[1]);
  const rules = rulePlaces(cell.kind);
  const wanted = mapValue(document.contents, rules).value;
  const after = mapValue(parseYaml(body).contents, rules).value;
  const isSame =
    wanted !== null && after !== null && canonicalBody(renamed(wanted, path, name)) === canonicalBody(after);
  if (!isSame)
    return refusal("cannot-rename", id, `\`${before}\` can't be renamed to \`${name}\`.`, "Edit the text by hand.");
  return withBody(text, cell, body);
}

function renamed(parent: unknown, path: YamlPath, name: string): unknown {
  const [step, ...rest] = path;
  if (Array.isArray(parent)) return parent.map((item, index) => (index === step ? renamed(item, rest, name) : item));
  if (parent === null || typeof parent !== "object") return parent;
  const entries = Object.entries(parent).map(([key, value]) => {
    if (key !== String(step)) return [key, value] as const;
    return rest.length === 0 ? ([name, value] as const) : ([key, renamed(value, rest, name)] as const);
  });
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
