import { Watchable } from "./watchable.ts";

export type Theme = "light" | "dark" | "system";

const KEY = "segbook:theme";

/** The colours' theme: what the reader chose, and until then what the system says. */
export class ThemeChoice extends Watchable {
  readonly #system = matchMedia("(prefers-color-scheme: dark)");
  #chosen: Theme = stored();

  constructor(private readonly root: HTMLElement) {
    super();
    this.#system.addEventListener("change", () => this.#apply());
    this.#apply();
  }

  get chosen(): Theme {
    return this.#chosen;
  }

  get shown(): "light" | "dark" {
    if (this.#chosen !== "system") return this.#chosen;
    return this.#system.matches ? "dark" : "light";
  }

  choose(theme: Theme): void {
    this.#chosen = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A browser that forbids storage keeps the choice until the page is left.
    }
    this.#apply();
  }

  #apply(): void {
    this.root.dataset.theme = this.shown;
    this.changed();
  }
}

function stored(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}
