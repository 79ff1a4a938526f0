import type { CellKind, Naming } from "../../cells/kind.ts";
import { takesInputs } from "../../cells/substitute.ts";
import type { Engine } from "../../engine/engine.ts";
import { mentionsIn } from "../../language/mentions.ts";
import { type Replacement, withReplacements } from "../../notebook/edit/replacements.ts";
import { renderScalar } from "../../notebook/yaml/render.ts";
import { type PlacedScalar, placedScalars } from "../../notebook/yaml/scalars.ts";
import { mayBeRow, renameInSql, type Unchanged } from "./in-sql.ts";
import type { NewNames } from "./new-names.ts";

interface Renaming {
  readonly names: NewNames;
  readonly engine: Engine;
}

interface Places {
  /** What a value may name. */
  readonly nameAt: (path: PlacedScalar["path"]) => Naming | null;
  /** Whether a value that is nothing but `$name` is an input's. */
  readonly inputAt: (path: PlacedScalar["path"]) => boolean;
}

export interface CellChange {
  /** Offsets into the body. */
  readonly replacements: readonly Replacement[];
  /** Why something in it was left as it is; null where nothing was. */
  readonly left: Unchanged["why"] | "row" | null;
}

/** What changes in a cell's body where another cell gets another id. */
export async function renameInCell(
  body: string,
  nameAt: CellKind<unknown>["nameAt"],
  renaming: Renaming,
): Promise<CellChange> {
  const whole = nameAt?.([]) ?? null;
  if (whole !== null) return inText(body, whole, renaming);
  const scalars = placedScalars(body);
  if (scalars === null) return { replacements: [], left: "unreadable" };
  return renameInScalars(body, scalars, { ...renaming, nameAt: nameAt ?? (() => null), inputAt: takesInputs });
}

/** What changes in the values of a YAML text. */
export async function renameInScalars(
  yaml: string,
  scalars: readonly PlacedScalar[],
  { nameAt, inputAt, ...renaming }: Renaming & Places,
): Promise<CellChange> {
  const replacements: Replacement[] = [];
  let left: CellChange["left"] = null;
  const expected = new Map<number, string>();
  for (const [index, scalar] of scalars.entries()) {
    const { text } = scalar;
    const naming = nameAt(scalar.path);
    const input = naming !== "rule" && inputAt(scalar.path) ? wholeInput(text, renaming.names) : null;
    const change = input ?? (naming === null ? NOTHING : await inText(text, naming, renaming));
    left ??= change.left;
    if (change.replacements.length === 0) continue;
    const placed = change.replacements.map((one) => inYaml(scalar, one));
    if (placed.some((one) => one === null)) left = "unreadable";
    else {
      replacements.push(...placed.filter((one) => one !== null));
      expected.set(index, withReplacements(text, change.replacements));
    }
  }
  const after = placedScalars(withReplacements(yaml, replacements));
  const isAsMeant =
    after?.length === scalars.length &&
    after.every(({ text }, index) => text === (expected.get(index) ?? scalars[index]?.text));
  return isAsMeant ? { replacements, left } : { replacements: [], left: "unreadable" };
}

const NOTHING: CellChange = { replacements: [], left: null };

async function inText(text: string, naming: Naming, { names, engine }: Renaming): Promise<CellChange> {
  if (naming === "relation") {
    const name = names.relation(text);
    return name === null ? NOTHING : { replacements: [{ from: 0, to: text.length, text: name }], left: null };
  }
  if (naming === "rule") return { replacements: inRule(text, names), left: null };
  const changed = await renameInSql(text, naming, { names, engine });
  if ("why" in changed) return { replacements: [], left: changed.why };
  const isRow = naming === "query" && (await mayBeRow(text, names, engine));
  return { replacements: changed, left: isRow ? "row" : null };
}

/** What changes in a rule or an expression. */
function inRule(text: string, names: NewNames): Replacement[] {
  return mentionsIn(text).flatMap(({ of, name, from, to, written }) => {
    const other = of === "input" ? names.input(name) : names.cell(name);
    return other === null ? [] : [{ from, to, text: written(other) }];
  });
}

function wholeInput(text: string, names: NewNames): CellChange | null {
  const name = text.startsWith("$") ? names.input(text.slice(1)) : null;
  return name === null ? null : { replacements: [{ from: 0, to: text.length, text: `$${name}` }], left: null };
}

/** A replacement in a value as one in the YAML; a plain word that YAML would take for something else gets quotes. */
function inYaml(scalar: PlacedScalar, { from, to, text }: Replacement): Replacement | null {
  const start = scalar.at(from);
  const last = scalar.at(to - 1);
  if (start === null || last === null) return null;
  const isWhole = scalar.plain && from === 0 && to === scalar.text.length;
  return { from: start, to: last + 1, text: isWhole ? renderScalar(text) : text };
}
