/** What the reader may ask for by keys. */
export type Command =
  | "palette"
  | "help"
  | "graph"
  | "save"
  | "run-stale"
  | "run-cell"
  | "run-and-next"
  | "run-and-insert"
  | "find"
  | "next-problem"
  | "previous-problem"
  | "next-cell"
  | "previous-cell"
  | "edit-cell"
  | "rename-cell"
  | "add-above"
  | "add-below"
  | "duplicate-cell"
  | "delete-cell"
  | "undo"
  | "redo"
  | "copy-cell"
  | "cut-cell"
  | "paste-cell"
  | "move-up"
  | "move-down"
  | "change-kind"
  | "explain-cell"
  | "fold-cell"
  | "fold-all";

export interface CommandEntry {
  readonly command: Command;
  /** Where its keys count: also while a text is written, or outside of texts only. */
  readonly reach: "anywhere" | "outside texts";
  /** Keys that it has until the reader gives it others: one or two strokes each, `mod` being ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys: readonly string[];
  readonly does: string;
}

/** Every command with its keys, in the order in which the help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  anywhere("palette", ["mod+K"], "Find an action, cell, relation, column or segment"),
  anywhere("find", ["mod+F"], "Find a text in the notebook"),
  anywhere("run-cell", ["mod+Enter"], "Run the cell at hand and what it needs"),
  anywhere("run-and-next", ["shift+Enter"], "Run the cell at hand and go to the next"),
  anywhere("run-and-insert", ["alt+Enter"], "Run the cell at hand and add one below"),
  anywhere("run-stale", ["mod+shift+Enter"], "Run every cell that is stale"),
  anywhere("rename-cell", ["F2"], "Rename the cell at hand, everywhere that it is read"),
  anywhere("next-problem", ["F8"], "Go to the next problem"),
  anywhere("previous-problem", ["shift+F8"], "Go to the problem before"),
  anywhere("save", ["mod+S"], "Save at once; the page also does so by itself"),
  outside("edit-cell", ["Enter"], "Edit the cell at hand; Escape leaves its text"),
  outside("next-cell", ["J", "ArrowDown"], "Go to the next cell"),
  outside("previous-cell", ["K", "ArrowUp"], "Go to the cell before"),
  outside("add-above", ["A"], "Add a cell above"),
  outside("add-below", ["B"], "Add a cell below"),
  outside("duplicate-cell", ["shift+D"], "Duplicate the cell at hand"),
  outside("delete-cell", ["D D"], "Delete the cell at hand"),
  outside("undo", ["Z", "mod+Z"], "Take back the last change of cells, on the monitor's pages what was decided last"),
  outside("redo", ["shift+Z", "mod+shift+Z", "mod+Y"], "Do again what was taken back"),
  outside("cut-cell", ["X"], "Cut the cell at hand"),
  outside("copy-cell", ["C"], "Copy the cell at hand"),
  outside("paste-cell", ["V"], "Paste the cell below"),
  outside("move-up", ["alt+ArrowUp"], "Move the cell at hand up"),
  outside("move-down", ["alt+ArrowDown"], "Move the cell at hand down"),
  outside("change-kind", ["Y"], "Make the cell at hand another kind"),
  outside("explain-cell", ["E"], "Show the SQL and the plan of the features, score or segments at hand"),
  outside("fold-cell", ["O"], "Fold or unfold the cell at hand"),
  outside("fold-all", ["shift+O"], "Fold or unfold every cell"),
  outside("graph", ["G"], "Show or hide the graph of the cells and the run's timeline"),
  outside("help", ["?"], "Show and change these keys"),
];

const entries = new Map(COMMANDS.map((entry) => [entry.command, entry]));

/** A command's entry in the table. */
export function entryOf(command: Command): CommandEntry {
  return entries.get(command) ?? outside(command, [], command);
}

export function isCommand(name: string): name is Command {
  return entries.has(name as Command);
}

function anywhere(command: Command, keys: readonly string[], does: string): CommandEntry {
  return { command, reach: "anywhere", keys, does };
}

function outside(command: Command, keys: readonly string[], does: string): CommandEntry {
  return { command, reach: "outside texts", keys, does };
}
