/** Whether what is printed may hold the codes of a terminal's colours. */
export type Colours = "ansi" | "none";

const CODES = { before: ["31;9", "0"], after: ["32;4", "0"], name: ["1", "0"], quiet: ["2", "0"] } as const;

/** A text in a colour of its own; it says the same without. */
export function paint(text: string, as: keyof typeof CODES, colours: Colours): string {
  const [on, off] = CODES[as];
  return colours === "none" || text === "" ? text : `\u001b[${on}m${text}\u001b[${off}m`;
}

/** What would move a terminal's cursor or change its colours is shown as its code. */
export function plainText(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
