import type { Colours } from "../figures/chart-theme.ts";

/** The page's tokens in both themes, for a page that asks the reader's system which of them to show. */
export interface Theme {
  /** Custom properties of both themes; paper is always light. */
  readonly css: string;
  /** Colours as names of properties, which are right in either theme. */
  readonly named: Colours;
  /** Colours as values of one theme, where a colour between two of them must be found. */
  readonly fixed: Readonly<Record<"light" | "dark", Colours>>;
}

/** Reads the page's own tokens: the block of `:root`, and that of the dark theme. */
export function readTheme(tokens: string): Theme {
  const plain = tokens.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const light = properties(plain, /:root\s*\{([^}]*)\}/);
  const dark = properties(plain, /:root\[data-theme="dark"\]\s*\{([^}]*)\}/);
  const series = seriesOf(light);
  const css = `:root{${declared(light)}}\n@media screen and (prefers-color-scheme:dark){:root{${declared(dark)}}}\n`;
  const named = {
    token: (name: string) => `var(${name})`,
    series: () => series.map((_, place) => `var(--series-${place + 1})`),
  };
  return { css, named, fixed: { light: fixedColours(light), dark: fixedColours(new Map([...light, ...dark])) } };
}

function properties(css: string, block: RegExp): Map<string, string> {
  const body = block.exec(css)?.[1] ?? "";
  const found = new Map<string, string>();
  for (const [, name = "", value = ""] of body.matchAll(/([\w-]+)\s*:\s*([^;]+);/g)) found.set(name, value.trim());
  return found;
}

/** Each series' colour gets a property of its own: a list of colours can't be used in styles. */
function declared(values: ReadonlyMap<string, string>): string {
  const series = seriesOf(values).map((colour, place) => `--series-${place + 1}:${colour}`);
  const rest = [...values].filter(([name]) => name !== "--series").map(([name, value]) => `${name}:${value}`);
  return [...rest, ...series].join(";");
}

function seriesOf(values: ReadonlyMap<string, string>): string[] {
  return (values.get("--series") ?? "").split(/\s+/).filter(Boolean);
}

function fixedColours(values: ReadonlyMap<string, string>): Colours {
  return { token: (name) => values.get(name) ?? "", series: () => seriesOf(values) };
}
