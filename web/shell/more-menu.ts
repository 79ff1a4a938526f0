import type { MenuItem } from "../parts/menu.ts";
import type { Theme } from "../state/theme.ts";

/** What the head's menu can do. */
export type MoreChoice = "graph" | "refresh" | "compare" | "export" | "keys" | Theme;

export interface MoreState {
  /** Whether a notebook is shown. */
  readonly hasNotebook: boolean;
  /** Whether the head has room for a button of the graph's own. */
  readonly isWide: boolean;
  readonly theme: Theme;
  /** The keys that show all keys. */
  readonly helpKeys: string;
}

const THEMES = { light: "Theme: light", dark: "Theme: dark", system: "Theme: as the system" } as const;

/** What the head has no room for: of the notebook first, then of the page. */
export function moreItems({ hasNotebook, isWide, theme, helpKeys }: MoreState): (MenuItem & { id: MoreChoice })[] {
  const graph = isWide ? [] : [{ id: "graph", label: "Graph" } as const];
  const ofNotebook = [
    ...graph,
    { id: "refresh", label: "Refresh…", hint: "segments" },
    { id: "compare", label: "Compare…" },
    { id: "export", label: "Export…", hint: "one page" },
  ] as const;
  const themes = (["light", "dark", "system"] as const).map((id, place) => ({
    id,
    label: THEMES[id],
    hint: id === theme ? "chosen" : "",
    apart: place === 0 && hasNotebook,
  }));
  return [...(hasNotebook ? ofNotebook : []), ...themes, { id: "keys", label: "Keys", hint: helpKeys, apart: true }];
}
