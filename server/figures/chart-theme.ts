import type { Config } from "vega-lite";

/** Where colours come from: the page's theme, or an export's. */
export interface Colours {
  /** The value of one token, such as `--ink-2`. */
  token(name: string): string;
  /** All colours of the series, in order. */
  series(): string[];
}

/** Vega's look from the theme's tokens, as they are at the moment. */
export function chartConfig(colours: Colours): Config {
  const [ink, quiet, line, accent, card] = ["--ink-2", "--ink-3", "--line", "--accent", "--card"].map((name) =>
    colours.token(name),
  );
  const [up, down] = [colours.token("--up"), colours.token("--down")];
  const font = colours.token("--font");
  return {
    background: "transparent",
    font,
    padding: 2,
    view: { stroke: null, continuousHeight: 220, discreteHeight: { step: 22 } },
    axis: {
      labelColor: ink,
      titleColor: quiet,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 400,
      gridColor: line,
      domainColor: line,
      tickColor: line,
      tickSize: 4,
      labelPadding: 4,
      titlePadding: 8,
    },
    axisBand: { grid: false, ticks: false },
    legend: {
      labelColor: ink,
      titleColor: quiet,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 400,
      symbolStrokeWidth: 2,
    },
    header: { labelColor: ink, titleColor: quiet, labelFontSize: 11, titleFontSize: 11, titleFontWeight: 400 },
    title: { color: colours.token("--ink"), subtitleColor: quiet, fontSize: 14, fontWeight: 600, anchor: "start" },
    mark: { color: accent },
    text: { color: ink },
    rule: { color: quiet },
    bar: { cornerRadiusEnd: 2 },
    line: { strokeWidth: 1.8 },
    point: { size: 34, filled: true },
    arc: { stroke: card },
    range: {
      category: colours.series(),
      diverging: [down ?? "", card ?? "", up ?? ""],
      heatmap: [card ?? "", accent ?? ""],
      ramp: [card ?? "", accent ?? ""],
      ordinal: { scheme: "tealblues" },
    },
  } as Config;
}
