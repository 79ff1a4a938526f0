/** One watched series: what of which segment, by which monitor cell. */
export interface SeriesRef {
  readonly cell: string;
  readonly segment: string;
  readonly metric: string;
}

/** A series in an address: `#watch.VIP.click_rate`; a segment's name may have dots, an id and a metric have none. */
export function seriesRefIn(hash: string): SeriesRef | null {
  const text = hash.replace(/^#/, "");
  const [first, last] = [text.indexOf("."), text.lastIndexOf(".")];
  if (first < 1 || last <= first + 1 || last === text.length - 1) return null;
  try {
    const segment = decodeURIComponent(text.slice(first + 1, last));
    return { cell: text.slice(0, first), segment, metric: text.slice(last + 1) };
  } catch {
    return null;
  }
}

export function seriesRefHash(series: SeriesRef | null): string {
  return series === null ? "" : `#${series.cell}.${encodeURIComponent(series.segment)}.${series.metric}`;
}
