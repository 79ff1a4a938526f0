import { kinds } from "../cells/kinds.ts";
import { EXPLAINED } from "../segments/explained-kinds.ts";
import type { Session } from "../state/session.ts";
import type { Action, Hands } from "./actions.ts";
import { type Command, keysFor } from "./keys.ts";

/** What can be done to the cells of a notebook from here. */
export function editActions(session: Session, hands: Hands): Action[] {
  const { at, history } = session;
  const { undoLabel, redoLabel } = history;
  const act = (command: Command, label: string): Action => ({
    ...{ id: command, label, kind: "action", hint: keysFor(command) },
    act: () => hands.obey(command),
  });
  const everywhere = [act("find", "Find in the notebook"), act("fold-all", "Fold or unfold every cell")];
  if (session.file.readOnly) return everywhere;
  return [
    ...(undoLabel === null ? [] : [act("undo", `Undo: ${undoLabel}`)]),
    ...(redoLabel === null ? [] : [act("redo", `Redo: ${redoLabel}`)]),
    ...everywhere,
    ...(at === null ? [] : HERE.map(([command, words]) => act(command, words.replace("%", at)))),
    ...explainActions(session, act),
    ...featureActions(session, hands),
    act("paste-cell", at === null ? "Paste the copied cell" : `Paste the copied cell below ${at}`),
  ];
}

/** How the cell at hand is computed, where it is one SELECT. */
function explainActions({ at, notebook }: Session, act: (command: Command, label: string) => Action): Action[] {
  const kind = notebook.cells.find(({ id }) => id === at)?.kind ?? "";
  return EXPLAINED.has(kind) ? [act("explain-cell", `Show the SQL and the plan of ${at}`)] : [];
}

/** Ready features for the cell at hand where it has features, else for the first that has. */
function featureActions({ at, notebook }: Session, hands: Hands): Action[] {
  const cells = notebook.cells.filter(({ kind }) => kind === "features");
  const cell = cells.find(({ id }) => id === at) ?? cells[0];
  if (cell === undefined) return [];
  const act = () => hands.addFeatures(cell.id);
  return [{ id: "add-features", label: "Add features…", kind: "action", hint: `to ${cell.id}`, act }];
}

const HERE: readonly (readonly [command: Command, words: string])[] = [
  ["rename-cell", "Rename %"],
  ["change-kind", "Make % another kind"],
  ["move-up", "Move % up"],
  ["move-down", "Move % down"],
  ["duplicate-cell", "Duplicate %"],
  ["copy-cell", "Copy %"],
  ["cut-cell", "Cut %"],
  ["fold-cell", "Fold or unfold %"],
  ["delete-cell", "Delete %"],
];

/** A cell of each kind, and words, after a cell; null is before the first. */
export function addActions(after: string | null, hands: Pick<Hands, "addCell">): Action[] {
  return kindActions(after, hands).map((action) => ({
    ...action,
    kind: "action",
    label: action.label === "text" ? "Add text" : `Add a cell: ${action.label}`,
    hint: placeWords(after),
  }));
}

/** The kinds alone, where it is known that one is added. */
export function kindActions(after: string | null, hands: Pick<Hands, "addCell">): Action[] {
  const added = Object.entries(kinds).map(([kind, { purpose }]) => ({ kind, label: kind, hint: purpose }));
  return [...added, { kind: "prose", label: "text", hint: "Words between the cells" }].map(({ kind, label, hint }) => ({
    ...{ id: `add ${kind}`, label, kind: "add", hint },
    act: () => hands.addCell(kind, after),
  }));
}

export function placeWords(after: string | null): string {
  return after === null ? "before the first cell" : `below ${after}`;
}
