import type { EditorCompletion } from "../../parts/editor.ts";

/** Those that a text begins, then those of which it begins a later word; the text itself is not offered again. */
export function fitting(found: readonly EditorCompletion[], typed: string): EditorCompletion[] {
  const wanted = typed.trim().toLowerCase();
  const first: EditorCompletion[] = [];
  const later: EditorCompletion[] = [];
  const seen = new Set<string>();
  for (const each of found) {
    const label = each.label.toLowerCase();
    const key = `${label} ${each.kind}`;
    if (seen.has(key) || (wanted === label && (each.apply ?? each.label).trim() === each.label)) continue;
    seen.add(key);
    if (label.startsWith(wanted)) first.push(each);
    else if (label.split(/[^a-z0-9]+/).some((word) => word.startsWith(wanted))) later.push(each);
  }
  return [...first, ...later];
}
