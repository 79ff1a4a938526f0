import { literal } from "../../language/quote.ts";

/** A path for the engine's readers, which would take `*`, `?` and `[` in a file's name for a pattern. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, "[$&]"));
}

/** SQL list of paths. */
export function pathList(paths: readonly string[]): string {
  return `[${paths.map(pathLiteral).join(", ")}]`;
}
