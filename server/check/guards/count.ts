import type { ClusterBody } from "../../cells/cluster/schema.ts";
import type { SegmentsBody } from "../../cells/segments.ts";
import { bodyOf } from "../body-of.ts";
import { finding } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Three to five segments that matter are what can be written to, measured and kept apart. */
const MOST = 5;

/** More segments than anybody acts on. */
export const segmentCount: Check = ({ plan }) =>
  plan.cells.flatMap((studied) => {
    const { kind, id } = studied.cell;
    const count =
      kind === "segments" ? segmentsIn(bodyOf(studied)) : kind === "cluster" ? clustersIn(bodyOf(studied)) : 0;
    if (count <= MOST) return [];
    const message = `\`${id}\` makes ${count} segments; three to five that matter are told apart, named and acted on.`;
    const place = studied.reading?.at([kind === "segments" ? "segments" : "k"]) ?? null;
    const guard = { segment: null, about: null };
    return [
      finding(studied, place, { code: "many-segments", message, hint: "Merge those that are treated alike.", guard }),
    ];
  });

function segmentsIn(body: SegmentsBody | null): number {
  return body === null ? 0 : Object.keys(body.segments).length;
}

function clustersIn(body: ClusterBody | null): number {
  return typeof body?.k === "number" ? body.k : 0;
}
