/** What the reader may ask for by keys, wherever the focus is. */
export type Command =
  | "palette"
  | "run-stale"
  | "run-cell"
  | "run-and-next"
  | "next-cell"
  | "previous-cell"
  | "edit-cell"
  | "undo"
  | "help"
  | "save";

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The keys as the help and the buttons name them; `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export const KEYS: readonly { readonly command: Command; readonly keys: string; readonly does: string }[] = [
  { command: "palette", keys: "mod+K", does: "Find an action, cell, relation, column or segment" },
  { command: "run-stale", keys: "mod+shift+Enter", does: "Run every cell that is stale" },
  { command: "run-cell", keys: "mod+Enter", does: "Run the cell at hand and what it needs" },
  { command: "run-and-next", keys: "shift+Enter", does: "Run the cell at hand and go to the next" },
  { command: "next-cell", keys: "J", does: "Go to the next cell (or arrow down on a cell)" },
  { command: "previous-cell", keys: "K", does: "Go to the cell before (or arrow up on a cell)" },
  { command: "edit-cell", keys: "Enter", does: "Edit the cell at hand; Escape leaves its text" },
  { command: "undo", keys: "mod+Z", does: "Take back a deleted, moved or added cell, outside of texts" },
  { command: "save", keys: "mod+S", does: "Save at once; the page also does so by itself" },
  { command: "help", keys: "?", does: "Show these keys" },
];

/** What a press of keys asks for; null where it is not the page's. `typing` says whether it goes into a text. */
export function commandOf(press: KeyPress, { typing }: { typing: boolean }): Command | null {
  const mod = press.ctrlKey || press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.altKey) return null;
  if (mod && key === "k") return "palette";
  if (mod && key === "s") return "save";
  if (mod && key === "Enter") return press.shiftKey ? "run-stale" : "run-cell";
  if (typing) return key === "Enter" && press.shiftKey ? "run-and-next" : null;
  if (mod) return key === "z" && !press.shiftKey ? "undo" : null;
  if (key === "Enter") return press.shiftKey ? "run-and-next" : "edit-cell";
  if (key === "j" || key === "ArrowDown") return "next-cell";
  if (key === "k" || key === "ArrowUp") return "previous-cell";
  return key === "?" ? "help" : null;
}

/** Keys as this machine's keyboard names them: `⇧⌘⏎` or `Ctrl+Shift+Enter`. */
export function keyWords(keys: string, { mac }: { mac: boolean }): string {
  const parts = keys.split("+");
  if (!mac) return parts.map((part) => ({ mod: "Ctrl", shift: "Shift" })[part] ?? part).join("+");
  const signs: Record<string, string> = { mod: "⌘", shift: "⇧", Enter: "⏎" };
  const ordered = [...parts].sort((a, b) => Number(b === "shift") - Number(a === "shift"));
  return ordered.map((part) => signs[part] ?? part).join("");
}

/** The keys of one command on this machine. */
export function keysFor(command: Command): string {
  const entry = KEYS.find((each) => each.command === command);
  return entry === undefined ? "" : keyWords(entry.keys, { mac: onMac() });
}

export function onMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}

/** Whether a key press with this path goes into a text that is being written. */
export function isTyping(path: readonly EventTarget[]): boolean {
  const target = path[0];
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select")
  );
}
