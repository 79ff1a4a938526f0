import type { CellStatement, LookContext, Read } from "../kind.ts";
import { featuresAsOf } from "./features.ts";
import { scoreAsOf } from "./score.ts";
import { segmentsAsOf } from "./segments.ts";

/** What somebody wants of a cell's main relation; null is all of it. */
export interface Wanted {
  readonly segments: readonly string[] | null;
  readonly columns: readonly string[] | null;
}

/** A relation that a cell reads beside the events, and what it wants of it. */
export interface Use extends Wanted {
  readonly relation: string;
  /** Whether the relation says who there is, and not only what they are like. */
  readonly isPeople: boolean;
}

/** How a cell's main relation is asked for as of the moment of a context: what it reads has to stand under its name. */
export interface AsOf {
  uses(reading: Read<unknown>, context: LookContext, wanted: Wanted): Promise<Use[]>;
  statement(reading: Read<unknown>, context: LookContext, wanted: Wanted): Promise<CellStatement>;
}

/** The kinds whose relations can be told as of any moment; all others are taken as they are. */
export function asOfKind(kind: string): AsOf | null {
  return KINDS[kind] ?? null;
}

const KINDS: Readonly<Record<string, AsOf>> = { features: featuresAsOf, score: scoreAsOf, segments: segmentsAsOf };
