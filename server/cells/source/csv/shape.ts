/** How one file is to be read: what was declared, and where nothing was, what its first records tell. */
export interface CsvShape {
  /** Label of the Encoding Standard; null is UTF-8. */
  readonly encoding: string | null;
  readonly skip: number;
  readonly header: boolean;
  readonly delimiter: string;
  /** "" where nothing is quoted. */
  readonly quote: string;
  readonly widths: readonly number[] | null;
  /** The file's columns, in order. */
  readonly names: readonly string[];
}
