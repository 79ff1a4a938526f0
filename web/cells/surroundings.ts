/** A relation of the notebook with its columns, as far as they are known. */
export interface KnownRelation {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What a new cell can build on. */
export interface Surroundings {
  /** The relation nearest above its place, else the last one; null where there is none. */
  readonly relation: KnownRelation | null;
  /** One with a row for each entity: features where there are any; null where none has the entity's column. */
  readonly people: KnownRelation | null;
  /** One whose rows are sends of messages; null where none looks like that. */
  readonly sends: KnownRelation | null;
  /** Files below the data folder, and patterns for several of one folder, those first that no source reads yet. */
  readonly files: readonly string[];
  /** Events that rules and features may speak of, in words. */
  readonly events: readonly string[];
  /** Cells that yield segments. */
  readonly segmentations: readonly string[];
  readonly entity: string;
}
