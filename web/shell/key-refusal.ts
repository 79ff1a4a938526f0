import { type Command, entryOf } from "./commands.ts";
import { partsOf } from "./key-stroke.ts";

/** Keys that browsers keep for themselves: a page never hears of them. */
const BROWSERS: readonly string[] = ["mod+W", "mod+T", "mod+N", "mod+shift+W", "mod+shift+T", "mod+shift+N", "F11"];

/** Keys that a text needs. */
const TEXTS: readonly string[] = ["mod+A", "mod+C", "mod+V", "mod+X", "mod+Z", "mod+Y", "mod+shift+Z"];

/** Why a command can't have these keys; null where it can. */
export function keyRefusal(command: Command, keys: string): string | null {
  for (const stroke of keys.split(" ")) {
    if (BROWSERS.includes(stroke)) return "The browser keeps these keys for itself.";
    if (stroke === "Tab" || stroke === "shift+Tab" || stroke === "Escape") {
      return "Tab goes through the page and Escape leaves a text; they stay as they are.";
    }
  }
  const first = keys.split(" ")[0] ?? "";
  if (entryOf(command).reach !== "anywhere") return null;
  return writes(first)
    ? "This also works while a text is written, and there these keys write. Hold Ctrl, ⌘ or Alt."
    : null;
}

/** Whether a stroke does something in every text. */
function writes(stroke: string): boolean {
  if (TEXTS.includes(stroke)) return true;
  const parts = partsOf(stroke);
  const key = parts.at(-1) ?? "";
  if (parts.includes("mod") || parts.includes("alt")) return false;
  return !/^F\d+$/.test(key) && !(key === "Enter" && parts.includes("shift"));
}
