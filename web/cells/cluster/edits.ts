import { clusterNames } from "../../../server/figures/cluster-relations.ts";
import { field } from "../../../server/figures/segmentation.ts";
import { setScalar } from "../../../server/notebook/edit/set-scalar.ts";
import type { Edited } from "../../../server/notebook/edit/target.ts";
import type { Merge } from "../../parts/dendrogram.ts";
import { cutAt, namesAt, type TransformOf, transformAt } from "./cut.ts";

/** A change of a cluster cell's text, and what it is called where it can be taken back. */
export interface ClusterEdit {
  readonly label: string;
  readonly text: Edited;
}

interface Written {
  readonly id: string;
  /** Numbers that its clusters go on with; none where they are by size. */
  readonly numbers: readonly number[];
  readonly body: unknown;
}

/**
 * Another number of clusters; null where the text says so already. Names stay with numbers that go on; those by size
 * change with the cut, and where nobody knows the merges, names are forgotten.
 */
export function cutEdit(
  text: string,
  { id, body, numbers }: Written,
  { k, now, merges }: { k: number; now: number; merges: readonly Merge[] | null },
): ClusterEdit | null {
  if (k === now && field(body, "k") === k) return null;
  const before = { k: now, names: clusterNames(body) };
  const isKept = k === now || numbers.length > 0;
  const names = isKept ? before.names : merges === null ? {} : namesAt(merges, before, k);
  return { label: `Cut ${id} at ${k}`, text: cutAt(text, id, { k, names }) };
}

export function nameEdit(
  text: string,
  { id }: Pick<Written, "id">,
  { cluster, name }: { cluster: number; name: string },
): ClusterEdit {
  return { label: `Named cluster ${cluster} ${name}`, text: setScalar(text, id, ["names", String(cluster)], name) };
}

export function transformEdit(text: string, { id }: Pick<Written, "id">, columns: readonly TransformOf[]): ClusterEdit {
  const words = columns.map(
    ({ column, transform }) => `${column} ${transform === "none" ? "as it is" : `by ${transform}`}`,
  );
  return { label: `Compared ${words.join(", ")}`, text: transformAt(text, id, columns) };
}
