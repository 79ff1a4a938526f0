import { parse, type TooltipHandler, View, type ViewOptions } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { type Config, compile, type TopLevelSpec } from "vega-lite";
import type { Spec } from "../../server/figures/chart-guard.ts";
import { type ChartLink, closedLoader } from "../../server/figures/chart-loader.ts";
import { chartLocale } from "../../server/figures/chart-locale.ts";
import { noteLogger } from "../../server/figures/chart-logger.ts";

export interface DrawRequest {
  spec: Spec;
  config: Config;
  locale: string | undefined;
  tooltip: TooltipHandler;
}

export interface DrawnChart {
  /** What Vega had to say, a sentence each. */
  warnings: string[];
  resize: (width: number) => void;
  finalize: () => void;
}

/** Draws a specification into a place: expressions are interpreted, never compiled, and nothing is loaded. */
export async function drawChart(place: HTMLElement, request: DrawRequest): Promise<DrawnChart> {
  const warnings: string[] = [];
  const note = (text: string) => {
    if (!warnings.includes(text)) warnings.push(text);
  };
  const locale = chartLocale(request.locale);
  const logger = noteLogger(note);
  const { spec } = compile(request.spec as unknown as TopLevelSpec, { config: request.config, logger });
  await breath();
  const view = new View(parse(spec, undefined, { ast: true } as never), {
    container: place,
    renderer: "svg",
    hover: false,
    expr: expressionInterpreter,
    loader: closedLoader(note, opened),
    logger,
    locale: { number: locale.number, time: locale.time } as never,
    tooltip: request.tooltip,
  } as ViewOptions);
  await breath();
  await view.runAsync();
  return {
    warnings,
    resize: (width) => {
      if (request.spec.width === "container") void view.width(width).runAsync();
    },
    finalize: () => void view.finalize(),
  };
}

/** Each step of a drawing may take some tens of milliseconds; the page stays at hand between them. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function opened(uri: string): ChartLink | null {
  const href = safeLink(uri);
  return href === null ? null : { href, target: "_blank", rel: "noopener noreferrer" };
}

/** An address that may stand in a link, in full; null for scripts, data and what is no address. */
function safeLink(uri: string): string | null {
  try {
    const url = new URL(uri);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
