import type { ColumnView } from "../run/view.ts";
import { familyOf } from "./cell-value.ts";
import { field } from "./segmentation.ts";

const CHANNELS = ["x", "y", "color"] as const;
const HEIGHT = 260;

/** The Vega-Lite specification of a chart cell's body, without its data; null where the body holds none. */
export function chartSpec(body: unknown, columns: readonly ColumnView[]): Record<string, unknown> | null {
  const spec = field(body, "spec");
  if (typeof spec === "object" && spec !== null) return spec as Record<string, unknown>;
  const mark = field(body, "mark");
  if (mark === null || mark === undefined) return null;
  const encoding: Record<string, unknown> = {};
  for (const channel of CHANNELS) {
    const written = field(body, channel);
    if (written !== null && written !== undefined) encoding[channel] = channelOf(written, columns);
  }
  const facet = field(body, "facet");
  if (facet === null || facet === undefined) return { mark, encoding, width: "container", height: HEIGHT };
  return { mark, encoding: { ...encoding, facet: { ...channelOf(facet, columns), columns: 3 } } };
}

/** `segment`, `count()` or `mean(total_spend)` as an encoding channel; an object is taken as it is. */
function channelOf(written: unknown, columns: readonly ColumnView[]): Record<string, unknown> {
  if (typeof written === "object" && written !== null) return written as Record<string, unknown>;
  const text = String(written).trim();
  const call = /^(\w+)\(\s*(.*?)\s*\)$/.exec(text);
  if (call === null) return { field: escaped(text), type: typeOf(text, columns), title: spoken(text) };
  const [, aggregate = "count", name = ""] = call;
  if (name === "") return { aggregate, type: "quantitative" };
  return { aggregate, field: escaped(name), type: "quantitative", title: `${aggregate} of ${spoken(name)}` };
}

function typeOf(name: string, columns: readonly ColumnView[]): string {
  const column = columns.find((each) => each.name === name);
  const family = column === undefined ? "text" : familyOf(column.type);
  if (family === "number") return "quantitative";
  return family === "day" || family === "moment" ? "temporal" : "nominal";
}

// Vega reads dots and brackets in a field's name as a path.
function escaped(name: string): string {
  return name.replace(/([.[\]])/g, "\\$1");
}

function spoken(name: string): string {
  return name.replaceAll("_", " ");
}
