/** What a key does to the part of a rule whose handle has the focus. */
export type ItemCommand =
  | "next"
  | "previous"
  | "out"
  | "in"
  | "fields"
  | "up"
  | "down"
  | "group"
  | "ungroup"
  | "remove"
  | "mute"
  | "negate"
  | "switch"
  | "duplicate"
  | "add"
  | "and"
  | "or";

/** The builder's keys, as the help shows them; they hold on the handle of a condition or group. */
export const ITEM_KEYS: readonly { readonly command: ItemCommand; readonly keys: string; readonly does: string }[] = [
  { command: "next", keys: "ArrowDown", does: "Go to the next condition or group" },
  { command: "previous", keys: "ArrowUp", does: "Go to the one before" },
  { command: "in", keys: "ArrowRight", does: "Go into a group" },
  { command: "out", keys: "ArrowLeft", does: "Go to the group around it" },
  { command: "fields", keys: "Enter", does: "Edit its fields; Escape leaves them" },
  { command: "up", keys: "alt+ArrowUp", does: "Move it up, into groups and out of them" },
  { command: "down", keys: "alt+ArrowDown", does: "Move it down" },
  { command: "add", keys: "+", does: "Add a condition after it, or in the group" },
  { command: "and", keys: "A", does: "Add a condition joined by AND" },
  { command: "or", keys: "O", does: "Add a condition joined by OR" },
  { command: "group", keys: "mod+G", does: "Put it into a group of its own" },
  { command: "ungroup", keys: "mod+shift+G", does: "Dissolve the group" },
  { command: "switch", keys: "S", does: "Switch the group between AND and OR" },
  { command: "negate", keys: "N", does: "Negate it, or end that" },
  { command: "mute", keys: "M", does: "Mute it: see the size without it" },
  { command: "duplicate", keys: "D", does: "Duplicate it" },
  { command: "remove", keys: "Delete", does: "Remove it" },
];

/** What a stroke asks for; null where it is none of the builder's. */
export function itemCommand(stroke: string): ItemCommand | null {
  const known = stroke === "Backspace" ? "Delete" : stroke === "Space" ? "Enter" : stroke;
  return ITEM_KEYS.find(({ keys }) => keys === known)?.command ?? null;
}
