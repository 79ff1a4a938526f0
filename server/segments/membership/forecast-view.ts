/** Who goes and who comes in the next days if nobody does anything: time alone. */
export interface ForecastView {
  /** ISO 8601 with offset: the moment from which on nothing happens. */
  readonly asOf: string;
  /** The moments of the days ahead. */
  readonly days: readonly string[];
  readonly segments: readonly SegmentForecast[];
  /** Cells that can't be told of, and why. */
  readonly untold: readonly { readonly cell: string; readonly why: string }[];
  /** Where one segment was asked for. */
  readonly people: ForecastPeople | null;
}

export interface SegmentForecast {
  readonly cell: string;
  readonly segment: string;
  readonly size: number;
  /** How many go, and come, on each of the days for the first time. */
  readonly leaving: readonly number[];
  readonly entering: readonly number[];
}

/** People of one segment with the first day, counted from 1, on which they go or come. */
export interface ForecastPeople {
  readonly rows: readonly { readonly person: string; readonly day: number }[];
  readonly offset: number;
  readonly total: number;
}
