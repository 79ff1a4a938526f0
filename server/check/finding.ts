import type { Problem } from "../notebook/model.ts";
import type { StudiedCell } from "../run/studied.ts";
import { severityOf } from "./codes.ts";
import type { Node } from "./sql/tree.ts";
import type { Place, Statement } from "./statements.ts";

/** How a finding is mended where that is certain. */
export type Fix =
  /** Puts one text in the place of another, which stands where the finding points. */
  | { readonly how: "replace"; readonly from: string; readonly to: string }
  /** Writes a rule as a block. */
  | { readonly how: "block" };

/** What of a segmentation a finding is about, by which it can be accepted. */
export interface Guarded {
  /** The segment, the band or the points; null for the whole cell. */
  readonly segment: string | null;
  /** What else: another segment, an attribute, a condition as it is written. */
  readonly about: string | null;
}

export interface Finding extends Problem {
  readonly fix: Fix | null;
  /** Null where it can't be accepted. */
  readonly guard: Guarded | null;
  /** Why it is meant to be so, as the cell says; null where it stands. */
  readonly accepted: { readonly reason: string; readonly index: number } | null;
}

interface Words {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly fix?: Fix;
  readonly guard?: Guarded;
}

/** A finding of a cell; without a place it stands at the cell's fence. */
export function finding({ cell }: StudiedCell, place: Place | null, words: Words): Finding {
  const { code, message, hint, fix = null, guard = null } = words;
  const at = place ?? { line: cell.line, column: 1 };
  return { code, severity: severityOf(code), cell: cell.id, ...at, message, hint, fix, guard, accepted: null };
}

/** A finding at a node of a statement. */
export function findingAt(statement: Statement, node: Node, words: Words): Finding {
  return finding(statement.studied, statement.place(statement.at(node)), words);
}
