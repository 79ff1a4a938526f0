export interface KeyPress {
  readonly key: string;
  /** The key by its place on the keyboard: `KeyK`. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const HOLDS: readonly string[] = ["Control", "Meta", "Shift", "Alt", "AltGraph", "CapsLock", "Fn", "Dead", "Process"];

/** One press in the words of the key map, such as `mod+shift+Enter`, `D` or `?`; null where it is none by itself. */
export function strokeOf(press: KeyPress): string | null {
  if (HOLDS.includes(press.key) || press.key === "Unidentified") return null;
  const key = nameOf(press);
  // Which sign a key gives already says whether Shift is held.
  const shifted = press.shiftKey && (key.length > 1 || /[A-Z]/.test(key));
  const held = [press.ctrlKey || press.metaKey ? "mod" : "", press.altKey ? "alt" : "", shifted ? "shift" : ""];
  return [...held.filter(Boolean), key].join("+");
}

/** A letter in upper case, and where the keyboard writes another script, or Alt another sign, the letter of its place. */
function nameOf({ key, code, altKey }: KeyPress): string {
  if (key === " ") return "Space";
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const placed = /^Key([A-Z])$/.exec(code)?.[1];
  const foreign = key.length === 1 && (altKey || (/\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key)));
  return foreign && placed !== undefined ? placed : key;
}

const WORDS: Readonly<Record<string, string>> = {
  mod: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

const MAC_WORDS: Readonly<Record<string, string>> = { ...WORDS, mod: "⌘", alt: "⌥", shift: "⇧", Enter: "⏎" };
const MAC_ORDER: readonly string[] = ["alt", "shift", "mod"];

/** Keys as this machine's keyboard names them: `⇧⌘⏎` or `Ctrl+Shift+Enter`; two strokes with a space between. */
export function keyWords(keys: string, { mac }: { mac: boolean }): string {
  return keys
    .split(" ")
    .map((stroke) => {
      const parts = partsOf(stroke);
      if (!mac) return parts.map((part) => WORDS[part] ?? part).join("+");
      const held = MAC_ORDER.filter((hold) => parts.slice(0, -1).includes(hold));
      return [...held, parts.at(-1) ?? ""].map((part) => MAC_WORDS[part] ?? part).join("");
    })
    .join(" ");
}

/** What is held, and last the key; the key may be a plus itself. */
export function partsOf(stroke: string): string[] {
  const held = /^(?:(?:mod|alt|shift)\+)*/.exec(stroke)?.[0] ?? "";
  return [...held.split("+").filter(Boolean), stroke.slice(held.length)];
}

export function onMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.platform);
}
