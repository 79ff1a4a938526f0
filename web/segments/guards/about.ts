import type { FindingView } from "../../../server/run/view.ts";

/** Codes of findings about two segments: `about` is the other one's name. */
const OF_TWO = ["segment-twins", "segments-same", "segment-within", "segment-overlap"];

/** Whether a finding tells of that segment of its cell, be it as the other of two. */
export function isAbout({ code, guard }: FindingView, segment: string | null): boolean {
  if (guard === null) return false;
  return guard.segment === segment || (guard.about === segment && OF_TWO.includes(code ?? ""));
}
