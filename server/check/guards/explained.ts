import type { Finding } from "../finding.ts";

/** Whether a finding goes without saying beside another that says more: one fault is told once. */
export function isExplained(finding: Finding, found: readonly Finding[]): boolean {
  const explains = BY[finding.code];
  return explains !== undefined && found.some((other) => other.cell === finding.cell && explains(finding, other));
}

type Explains = (finding: Finding, other: Finding) => boolean;

const BY: Readonly<Record<string, Explains | undefined>> = {
  "segment-empty": (finding, other) => other.code === "rule-never" && isOfWhole(other, segmentOf(finding)),
  "segment-everybody": (finding, other) => other.code === "rule-always" && isOfWhole(other, segmentOf(finding)),
  // What the last result shows of a condition where the rule itself says it, of the whole or of a part that holds it.
  "condition-idle": (finding, other) =>
    (other.code === "rule-never" || other.code === "rule-always") &&
    segmentOf(other) === segmentOf(finding) &&
    (other.guard?.about ?? aboutOf(finding)).includes(aboutOf(finding)),
  "segments-same": (finding, other) =>
    other.code === "segment-twins" && segmentOf(other) === segmentOf(finding) && aboutOf(other) === aboutOf(finding),
  // In a segment of everybody is whoever is in any.
  "segment-within": (finding, other) =>
    (other.code === "segment-everybody" || other.code === "rule-always") && isOfWhole(other, aboutOf(finding)),
};

function isOfWhole({ guard }: Finding, segment: string | null): boolean {
  return guard !== null && guard.segment === segment && guard.about === null;
}

function segmentOf({ guard }: Finding): string | null {
  return guard?.segment ?? null;
}

function aboutOf({ guard }: Finding): string {
  return guard?.about ?? "";
}
