import type { ClusterBody } from "../cells/cluster/schema.ts";
import type { SegmentsBody } from "../cells/segments.ts";
import { bodyOf } from "./body-of.ts";
import { finding } from "./finding.ts";
import type { Check } from "./subject.ts";

/** Nobody writes to more audiences than these and keeps them apart. */
const MOST = 12;

/** More segments than anybody can act on. */
export const segmentCount: Check = ({ plan }) =>
  plan.cells.flatMap((studied) => {
    const { kind, id } = studied.cell;
    const count =
      kind === "segments" ? segmentsIn(bodyOf(studied)) : kind === "cluster" ? clustersIn(bodyOf(studied)) : 0;
    if (count <= MOST) return [];
    const message = `\`${id}\` makes ${count} segments; more than ${MOST} are seldom told apart, named or acted on.`;
    const place = studied.reading?.at([kind === "segments" ? "segments" : "k"]) ?? null;
    return [finding(studied, place, { code: "many-segments", message, hint: "Merge those that are treated alike." })];
  });

function segmentsIn(body: SegmentsBody | null): number {
  return body === null ? 0 : Object.keys(body.segments).length + (body.otherwise === null ? 0 : 1);
}

function clustersIn(body: ClusterBody | null): number {
  return typeof body?.k === "number" ? body.k : 0;
}
