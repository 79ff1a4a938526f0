import type { CauseCounts } from "../../server/segments/membership/view.ts";

/** `3 time, 2 behaviour`, or the cause alone where there is one. */
export function causesText(causes: readonly CauseCounts[], which: "entered" | "left"): string {
  const own = causes.filter((one) => one[which] > 0 && one.because !== "control");
  if (own.length === 1) return own[0]?.because ?? "";
  return own.map((one) => `${one[which].toLocaleString("en")} ${one.because}`).join(", ");
}

/** A moment as the notebook's clock shows it: `2026-10-31 00:00`. */
export function momentOf(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
