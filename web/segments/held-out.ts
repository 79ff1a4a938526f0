import { formatPercent } from "../../server/figures/format.ts";
import { field } from "../../server/figures/segmentation.ts";

/** What share of a segment is held out of what is sent, in words, by its cell's body; empty where nobody is. */
export function heldOutWords(body: unknown, segment: string): string {
  const control = field(body, "control");
  const share = typeof control === "number" ? control : field(control, segment);
  if (typeof share !== "number" || share <= 0) return "";
  const digits = Number.isInteger(Math.round(share * 1000) / 10) ? 0 : 1;
  return `${formatPercent(share, { digits })} held out of exports`;
}
