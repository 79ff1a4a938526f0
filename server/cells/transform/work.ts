import type { LoadColumn } from "../../engine/engine.ts";
import type { Column } from "../../language/vocabulary.ts";
import { fromFrame, toFrame } from "./frame.ts";
import type { LoadedColumn } from "./load.ts";
import type { VerbName } from "./names.ts";
import { applyVerb } from "./verbs.ts";

export interface Applying {
  readonly of: readonly LoadedColumn[];
  readonly verbs: readonly {
    readonly name: VerbName;
    readonly argument: unknown;
    /** The other relation of a join. */
    readonly other: readonly LoadedColumn[] | null;
  }[];
}

export type Applied =
  | {
      readonly ok: true;
      readonly columns: readonly LoadColumn[];
      /** The columns with the types that they are to have in the end. */
      readonly wanted: readonly Column[];
    }
  | { readonly ok: false; readonly verb: number; readonly message: string };

/** Applies the verbs one after another. */
export function apply({ of, verbs }: Applying, tell: (share: number) => void): Applied {
  let frame = toFrame(of);
  for (const [index, { name, argument, other }] of verbs.entries()) {
    try {
      const table = applyVerb(frame.table, { name, argument, other: other === null ? null : toFrame(other).table });
      frame = { ...frame, table };
    } catch (error) {
      return { ok: false, verb: index, message: error instanceof Error ? error.message : String(error) };
    }
    tell((index + 1) / verbs.length);
  }
  return { ok: true, ...fromFrame(frame) };
}
