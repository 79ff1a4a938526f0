import type { ClusterBody } from "./schema.ts";

// Apart from the schema, whose library would be four fifths of what a thread loads before it clusters.

/** What a cluster is called as a segment. */
export function segmentName({ names }: Pick<ClusterBody, "names">, number: number): string {
  return names[String(number)] ?? `Cluster ${number}`;
}
