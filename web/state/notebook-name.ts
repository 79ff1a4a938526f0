import type { NotebookListing } from "../../server/run/view.ts";

/** A notebook as it is called in a list: its title, with its path where another has the same one. */
export function notebookName(
  { path, title }: Pick<NotebookListing, "path" | "title">,
  all: readonly Pick<NotebookListing, "path" | "title">[],
): string {
  const isAlone = all.every((other) => other.path === path || other.title !== title);
  return isAlone ? title : `${title} (${path.replace(/^notebooks\//, "")})`;
}
