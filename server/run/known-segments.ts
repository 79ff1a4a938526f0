import type { CellKind, KnownSegment, Read } from "../cells/kind.ts";
import type { Cell } from "../notebook/model.ts";
import { clusterNumbers } from "./clusters/known.ts";
import type { Studies } from "./study.ts";

/** Segments that a cell defines; of a clustering as many as its text asks for, and those of before, whose numbers go on. */
export async function knownSegments(
  { id }: Cell,
  { kind, read }: { readonly kind: CellKind<unknown>; readonly read: Read<unknown> },
  studies: Studies,
): Promise<KnownSegment[]> {
  const names = kind.segments?.(read.body) ?? [];
  const { segmentOf } = kind;
  if (segmentOf === undefined) return names.map((name) => ({ cell: id, name, isPossible: false }));
  const before = new Set((await clusterNumbers(id, studies)).map((number) => segmentOf(read.body, number)));
  return [...new Set([...names, ...before])].map((name) => ({ cell: id, name, isPossible: !before.has(name) }));
}
