import type { Lock } from "./model.ts";

/** A lock as text: keys sorted, one entry a line, so that little differs where little has changed. */
export function printLock(lock: Lock): string {
  return `${printed(lock, [])}\n`;
}

function printed(value: unknown, path: readonly string[]): string {
  if (value === null || typeof value !== "object" || isEntry(path)) return inline(value);
  const entries = sorted(value).map(([key, item]) => `${JSON.stringify(key)}: ${printed(item, [...path, key])}`);
  if (entries.length === 0) return "{}";
  const indent = "  ".repeat(path.length);
  return `{\n${entries.map((entry) => `${indent}  ${entry}`).join(",\n")}\n${indent}}`;
}

/** Files, columns and clusters stand in one line each. */
function isEntry(path: readonly string[]): boolean {
  if (path[0] === "cells" && path[2] === "clusters") return path.length === 5;
  return (path[0] === "sources" && path.length === 3) || (path[0] === "cells" && path.length === 6);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${sorted(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`)
    .join(", ")}}`;
}

/** By code units, which are the same in every country. */
function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
