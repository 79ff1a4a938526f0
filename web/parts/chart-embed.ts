import type { Loader, TooltipHandler } from "vega";
import embed, { type Result } from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import type { Config, TopLevelSpec } from "vega-lite";
import type { Spec } from "../../server/figures/chart-guard.ts";
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
  const result: Result = await embed(place, request.spec as unknown as TopLevelSpec, {
    mode: "vega-lite",
    ast: true,
    expr: expressionInterpreter,
    actions: false,
    defaultStyle: false,
    renderer: "svg",
    hover: false,
    config: request.config,
    tooltip: request.tooltip,
    loader: closedLoader(note),
    logger: noteLogger(note),
    formatLocale: locale.number,
    timeFormatLocale: locale.time,
  });
  return {
    warnings,
    resize: (width) => {
      if (request.spec.width === "container") void result.view.width(width).runAsync();
    },
    finalize: () => result.finalize(),
  };
}

/** Refuses every address, except for links that a reader may follow by hand. */
function closedLoader(note: (text: string) => void): Loader {
  const refused = async (uri: string): Promise<never> => {
    note(`Nothing is loaded from elsewhere: ${uri}`);
    throw new Error("Charts load nothing.");
  };
  return {
    load: refused,
    http: refused,
    file: refused,
    sanitize: async (uri, options) => {
      const link = (options as { context?: string }).context === "href" ? safeLink(uri) : null;
      if (link === null) return refused(uri);
      return { href: link, target: "_blank", rel: "noopener noreferrer" };
    },
  };
}

/** An address that may stand in a link, in full; null for scripts, data and what is no address. */
export function safeLink(uri: string): string | null {
  try {
    const url = new URL(uri);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
