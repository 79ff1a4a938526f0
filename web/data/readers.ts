import { field } from "../../server/figures/segmentation.ts";
import { globMatcher } from "../../server/notebook/glob.ts";
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
      const patterns = patternsOf(cell.body).map(globMatcher);
      for (const file of files) {
        if (!patterns.some((matches) => matches(file))) continue;
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
