import type { Naming } from "../../cells/kind.ts";
import { kindOf } from "../../cells/kinds.ts";
import type { Engine } from "../../engine/engine.ts";
import { newIdFault } from "../../notebook/edit/insert-cell.ts";
import { inFence } from "../../notebook/edit/rename-cell.ts";
import { type Replacement, withReplacements } from "../../notebook/edit/replacements.ts";
import { cellOf, editable, refusal } from "../../notebook/edit/target.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Cell, Notebook, Problem } from "../../notebook/model.ts";
import { parseNotebook } from "../../notebook/parse.ts";
import type { YamlPath } from "../../notebook/yaml/reading.ts";
import { placedScalars } from "../../notebook/yaml/scalars.ts";
import type { RenameView } from "../view.ts";
import { type CellChange, renameInCell, renameInScalars } from "./in-cell.ts";
import { renameInProse } from "./in-prose.ts";
import { namesOf } from "./names.ts";
import { type NewNames, newNames } from "./new-names.ts";

interface Around {
  readonly names: NewNames;
  readonly to: string;
  readonly engine: Engine;
}

export interface Renaming {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Gives a cell another id, and every place that reads it or one of its relations the new name: fence, SQL, rules, keys
 * of YAML and the head. Nothing else in the file changes. Refused where the name would then mean two things.
 */
export async function rename({ text, from, to }: Renaming, engine: Engine): Promise<RenameView | Problem> {
  const notebook = editable(text);
  if (isProblem(notebook)) return notebook;
  const cell = cellOf(notebook, from);
  if (isProblem(cell)) return cell;
  if (from === to) return { text, readers: [], left: [], prose: null };
  const fault = newIdFault(notebook, to);
  if (fault) return fault;
  const names = newNames(cell, to, namesOf(notebook));
  const readers: string[] = [];
  const left: RenameView["left"] = [];
  const replacements: Replacement[] = [
    inFence(text, cell, to),
    ...(await inHead(notebook, cell, { names, to, engine })),
  ];
  for (const other of notebook.cells) {
    const change = await changeOf(other, { names, engine });
    if (change.left === "taken") return taken(other, to);
    if (change.replacements.length > 0 && other !== cell) readers.push(other.id);
    if (change.left !== null && mentions(other.body, from)) left.push({ cell: other.id, why: SENTENCES[change.left] });
    const at = other.bodyStart;
    replacements.push(...change.replacements.map((one) => ({ ...one, from: at + one.from, to: at + one.to })));
  }
  const renamed = parseNotebook(withReplacements(text, replacements));
  return (
    faultAfter(notebook, renamed, { cell, to, isRead: readers.length > 0 }) ?? {
      ...{ text: renamed.text, readers, left },
      // The old names are looked for, so the old notebook's owners count.
      prose: renameInProse(renamed, names),
    }
  );
}

async function changeOf(cell: Cell, renaming: { names: NewNames; engine: Engine }): Promise<CellChange> {
  const kind = kindOf(cell.kind);
  // An input's own values are written out.
  if (kind === null || kind.kind === "input") return { replacements: [], left: null };
  return renameInCell(cell.body, kind.nameAt, renaming);
}

/** `as_of: $until`, and the rule of `exclude`. */
async function inHead(notebook: Notebook, cell: Cell, renaming: Around): Promise<Replacement[]> {
  const head = notebook.blocks[0];
  if (head?.type !== "head") return [];
  const yaml = /^[^\r\n]*(?:\r\n?|\n)([\s\S]*)---[ \t]*(?:\r\n?|\n)?$/.exec(head.text)?.[1] ?? "";
  const scalars = placedScalars(yaml) ?? [];
  const { names, to, engine } = renaming;
  // The input that gives the moment is named here; `$as_of` elsewhere is the moment itself.
  const input = (name: string) => (cell.kind === "input" && name === cell.id ? to : null);
  const moment = { names: { ...names, input }, engine, nameAt: () => null, inputAt: isKey("as_of") };
  const exclude = { names, engine, nameAt: ruleAt("exclude"), inputAt: () => false };
  const changes = [await renameInScalars(yaml, scalars, moment), await renameInScalars(yaml, scalars, exclude)];
  const at = head.text.indexOf(yaml);
  return changes
    .flatMap(({ replacements }) => replacements)
    .map((one) => ({ ...one, from: at + one.from, to: at + one.to }));
}

function isKey(key: string): (path: YamlPath) => boolean {
  return (path) => path.length === 1 && path[0] === key;
}

function ruleAt(key: string): (path: YamlPath) => Naming | null {
  return (path) => (isKey(key)(path) ? "rule" : null);
}

/** What would be wrong with the notebook afterwards, and was not before. */
function faultAfter(
  before: Notebook,
  after: Notebook,
  { cell, to, isRead }: { cell: Cell; to: string; isRead: boolean },
): Problem | null {
  if (to === "as_of" && cell.kind === "input" && isRead) {
    const message = "`$as_of` is always the notebook's moment, so no other input can be read by that name.";
    return refusal("reserved-id", cell.id, message, "Choose another id.");
  }
  const names = namesOf(after);
  const known = namesOf(before);
  const clashes = after.cells.map((one, place) => {
    const old = before.cells[place];
    return old !== undefined && known.clash(old) === null ? names.clash(one) : null;
  });
  const clash = clashes.find((one) => one !== null);
  return clash ? refusal(clash.code, cell.id, clash.message, "Choose another id.") : null;
}

function taken(reader: Cell, to: string): Problem {
  const message = `\`${reader.id}\` uses the name \`${to}\` for something of its own, so it could not tell the two apart.`;
  return refusal("name-in-use", reader.id, message, "Choose another id.");
}

/** Whether a body holds the name at all; where it does not, nothing can have been left. */
function mentions(body: string, id: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${id}(?:_|(?![A-Za-z0-9]))`, "i").test(body);
}

const SENTENCES: Readonly<Record<NonNullable<Exclude<CellChange["left"], "taken">>, string>> = {
  unreadable: "It can't be read as it stands, so the old name may still be in it.",
  row: "The old name stands alone in it, as a column or as a whole row, and was left.",
};
