/** What a value of a body is, for what can be offered where it is written. */
export type ValueKind =
  | "relation"
  | "segmentation"
  /** A column of the relation that the cell is `of` or `from`. */
  | "column"
  /** A column of the cell's own rows. */
  | "own column"
  /** A column of the relation under `sends`. */
  | "send column"
  | "event"
  | "file"
  | "type"
  /** SQL over the cell's own columns. */
  | "condition"
  | "rule"
  | "feature"
  | "input"
  | { readonly oneOf: readonly string[] };

/** A place of a body: what it is for, and what may stand there: keys, entries that are all alike, or a value. */
export interface Shape {
  readonly means: string;
  readonly keys?: Readonly<Record<string, Shape>>;
  readonly each?: Shape;
  /** What the names of entries that are all alike are. */
  readonly names?: ValueKind;
  readonly value?: ValueKind;
}

export function plain(means: string): Shape {
  return { means };
}

export function valued(means: string, value: ValueKind): Shape {
  return { means, value };
}

export function oneOf(means: string, ...values: readonly string[]): Shape {
  return { means, value: { oneOf: values } };
}

/** A list, or where the format allows it one value alone. */
export function listOf(means: string, each: Shape): Shape {
  return each.value === undefined ? { means, each } : { means, each, value: each.value };
}

export function mapOf(means: string, names: ValueKind | null, each: Shape): Shape {
  return { means, each, ...(names === null ? {} : { names }) };
}

/** The shape at a path of keys and places in lists; null where none is known. */
export function shapeAt(shape: Shape | null, path: readonly (string | number)[]): Shape | null {
  let at = shape;
  for (const step of path) {
    if (at === null) return null;
    const keyed = typeof step === "string" && at.keys !== undefined && Object.hasOwn(at.keys, step);
    at = (keyed ? at.keys?.[step] : at.each) ?? null;
  }
  return at;
}
