/** What the people of segments are like beside everybody: the shapes that travel. Types only. */
export interface SegmentRef {
  readonly cell: string;
  readonly name: string;
}

export interface ProfileView {
  /** The relation whose columns are compared: that of the first segment's cell. */
  of: string;
  /** People of that relation. */
  people: number;
  /** One a segment, in the order in which they were asked for. */
  segments: (SegmentRef & { people: number })[];
  /** Strongest difference first. */
  columns: ColumnProfile[];
  /** Every segment of the notebook that has a result, with how many of each asked segment are in it too. */
  overlaps: (SegmentRef & { people: number; shared: number[] })[];
}

export type ColumnProfile = { column: string; type: string; effect: number } & (
  | { kind: "number" | "time"; everybody: NumberProfile; segments: NumberProfile[] }
  | { kind: "text"; values: ValueProfile[]; everybody: TextProfile; segments: TextProfile[] }
);

/** Times are milliseconds since 1970 in UTC; all but `known` are null where nothing is known. */
export interface NumberProfile {
  /** Share of the people whose value is known, 0 to 1. */
  known: number;
  mean: number | null;
  sd: number | null;
  /** Quartiles, interpolated between neighbours. */
  q25: number | null;
  median: number | null;
  q75: number | null;
}

export interface TextProfile {
  known: number;
}

/** One of the commonest values, with its share among those whose value is known. */
export interface ValueProfile {
  value: string;
  everybody: number;
  segments: number[];
}
