/** Findings that can be accepted, and whether they are found in results alone. */
export const GUARDS: readonly { readonly code: string; readonly from: "rules" | "results" }[] = [
  { code: "many-segments", from: "rules" },
  { code: "rule-never", from: "rules" },
  { code: "rule-always", from: "rules" },
  { code: "segment-twins", from: "rules" },
  { code: "segment-empty", from: "results" },
  { code: "segment-small", from: "results" },
  { code: "segment-broad", from: "results" },
  { code: "segment-everybody", from: "results" },
  { code: "segments-same", from: "results" },
  { code: "segment-within", from: "results" },
  { code: "segment-overlap", from: "results" },
  { code: "attribute-missing", from: "results" },
  { code: "condition-idle", from: "results" },
  { code: "window-beyond-data", from: "results" },
];

export function needsResults(code: string): boolean {
  return GUARDS.some((guard) => guard.code === code && guard.from === "results");
}
