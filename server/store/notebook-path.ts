import type { Problem } from "../notebook/model.ts";
import { refusal } from "./refusal.ts";

const LONGEST_NAME = 200;
const LONGEST_PATH = 1000;

/** Characters that hide what a name is: control characters, marks that turn the direction of text, halves of characters. */
const HIDING = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/** What is wrong with a notebook's path, `notebooks/<name>.md` with forward slashes, or null. */
export function pathFault(path: string): Problem | null {
  const names = path.split("/");
  const why = (): string | null => {
    if (path.length > LONGEST_PATH || names.some((name) => Buffer.byteLength(name) > LONGEST_NAME))
      return "it is too long";
    if (HIDING.test(path)) return "it holds characters that can't be seen";
    if (path.includes("\\")) return "it holds a backslash; folders are parted by /";
    if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "it is absolute";
    if (names.some((name) => name === "..")) return "it leads upwards";
    if (names.some((name) => name === "" || name.startsWith("."))) return "it has an empty or a hidden name in it";
    if (names[0] !== "notebooks" || names.length < 2) return "it does not begin with notebooks/";
    return path.endsWith(".md") ? null : "it does not end with .md";
  };
  const reason = why();
  if (reason === null) return null;
  const shown = HIDING.test(path) ? "This" : `\`${path.slice(0, 80)}\``;
  return refusal(
    "bad-path",
    `${shown} is not the path of a notebook: ${reason}.`,
    "Write a path such as `notebooks/first-segments.md`.",
  );
}

/** The path of a new notebook that was given a name: `Spring sale` is `notebooks/Spring sale.md`. */
export function pathForName(name: string): string {
  const below = name.trim().replace(/^notebooks\//, "");
  return `notebooks/${below.endsWith(".md") ? below : `${below}.md`}`;
}
