import * as vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { type Config, compile, type TopLevelSpec } from "vega-lite";
import { prepareSpec, type Spec, temporalFields } from "../../figures/chart-guard.ts";
import { closedLoader } from "../../figures/chart-loader.ts";
import { chartLocale } from "../../figures/chart-locale.ts";
import { noteLogger } from "../../figures/chart-logger.ts";
import { type ChartData, chartRows } from "../../figures/chart-rows.ts";

export interface DrawRequest {
  readonly spec: Spec;
  readonly data: ChartData;
  readonly label: string;
  /** One a theme. */
  readonly configs: readonly Config[];
}

export interface Drawn {
  /** SVG as Vega writes it, one a config. */
  readonly pictures: readonly string[];
  /** What Vega had to say, a sentence each. */
  readonly warnings: readonly string[];
}

/** Pixels that a chart which fills its place gets on a page that can't measure. */
const WIDTH = 880;
const LOCALE = "en-GB";

/** Draws a specification as SVG. Expressions are interpreted, never compiled, and nothing is loaded. */
export async function drawChart({ spec, data, label, configs }: DrawRequest): Promise<Drawn> {
  const warnings = new Set<string>();
  const prepared = prepareSpec(spec, label);
  const sized =
    prepared.width === "container"
      ? { autosize: { type: "fit-x", contains: "padding" }, ...prepared, width: WIDTH }
      : prepared;
  const values = chartRows(data, temporalFields(spec));
  const locale = chartLocale(LOCALE);
  const pictures: string[] = [];
  for (const config of configs) {
    const logger = noteLogger((text) => warnings.add(text));
    const { spec: compiled } = compile({ ...sized, data: { values } } as unknown as TopLevelSpec, {
      config: { ...config, aria: false },
      logger,
    });
    const view = new vega.View(vega.parse(compiled, undefined, { ast: true } as never), {
      renderer: "none",
      expr: expressionInterpreter,
      // A picture on paper has no links, and Vega's writer of SVG can't do without an answer for one.
      loader: closedLoader(
        (text) => warnings.add(text),
        () => ({ href: "" }),
      ),
      logger,
      locale: { number: locale.number, time: locale.time } as never,
    } as vega.ViewOptions);
    try {
      pictures.push(await view.toSVG());
    } finally {
      view.finalize();
    }
  }
  return { pictures, warnings: [...warnings] };
}
