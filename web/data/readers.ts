import { field } from "../../server/figures/segmentation.ts";
import type { NotebookOverview } from "../state/overview.ts";

/** A cell that reads a file. */
export interface Reader {
  readonly path: string;
  readonly title: string;
  readonly cell: string;
}

/** Which source cells name each file, by their paths and globs. */
export function readersOfFiles(
  files: readonly string[],
  notebooks: readonly Pick<NotebookOverview, "listing" | "plan">[],
): Map<string, Reader[]> {
  const found = new Map<string, Reader[]>();
  for (const { listing, plan } of notebooks) {
    for (const cell of plan?.cells ?? []) {
      const patterns = patternsOf(cell.body).map(matcher);
      for (const file of files) {
        if (!patterns.some((pattern) => pattern.test(file))) continue;
        const reader = { path: listing.path, title: listing.title, cell: cell.id };
        found.set(file, [...(found.get(file) ?? []), reader]);
      }
    }
  }
  return found;
}

function patternsOf(body: unknown): string[] {
  const files = field(body, "files");
  const listed = Array.isArray(files) ? files : [files];
  return listed.filter((pattern): pattern is string => typeof pattern === "string");
}

/** A glob as an expression: `*` and `?` stay within a folder, `**` reaches through folders, `[…]` and `{a,b}` choose. */
export function matcher(glob: string): RegExp {
  let source = "";
  for (const [part] of glob.matchAll(/\*\*\/|\*\*|\*|\?|\[!?[^\]]*\]|\{[^}]*\}|[^*?[{]+|./g))
    source += translated(part);
  return new RegExp(`^${source}$`, "u");
}

function translated(part: string): string {
  if (part === "**/") return "(?:.*/)?";
  if (part === "**") return ".*";
  if (part === "*") return "[^/]*";
  if (part === "?") return "[^/]";
  if (part.length > 2 && part.startsWith("[")) return part.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
  if (part.length > 2 && part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(escaped).join("|")})`;
  return escaped(part);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
