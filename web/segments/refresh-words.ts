import { formatCount } from "../../server/figures/format.ts";
import type { CauseCounts } from "../../server/segments/membership/view.ts";

/** `3 time, 2 behaviour`, or the cause alone where there is one. */
export function causesText(causes: readonly CauseCounts[], which: "entered" | "left"): string {
  const own = causes.filter((one) => one[which] > 0 && one.because !== "control");
  if (own.length === 1) return own[0]?.because ?? "";
  return own.map((one) => `${formatCount(one[which])} ${one.because}`).join(", ");
}
