import type { DataFile, Read } from "../cells/kind.ts";

/** What a study was seen to read. */
export interface Recorded {
  readonly relations: Set<string>;
  readonly inputs: Set<string>;
  readonly files: Map<string, readonly DataFile[]>;
  /** Path below the data folder → SHA-256. */
  readonly hashes: Map<string, string>;
  /** Of the relations, those of which what is recorded of the moment itself counts too. */
  readonly wholly: Set<string>;
}

/** Before anything was read but the inputs that the body names. */
export function nothingRecorded({ inputs }: Pick<Read<unknown>, "inputs">): Recorded {
  return { relations: new Set(), inputs: new Set(inputs), files: new Map(), hashes: new Map(), wholly: new Set() };
}
