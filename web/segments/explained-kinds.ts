/** Kinds of cells that are computed by one SELECT over rules or features. */
export const EXPLAINED: ReadonlySet<string> = new Set(["features", "score", "segments"]);
