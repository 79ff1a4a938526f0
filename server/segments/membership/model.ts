import { z } from "zod";
import { clusterDriftEntry, recordedClusters } from "./kept-clusters.ts";

/** Why somebody came into a segment or went out of it, as one of a fixed order of steps made the difference. */
export const CAUSES = [
  /** Was there when the segment was recorded for the first time: nobody saw how. */
  "first refresh",
  /** Rows that say no time changed. */
  "data",
  /** Events dated before the last refresh came later, or were corrected. */
  "late data",
  /** The same events: the moment moved on. */
  "time",
  /** Events between the two refreshes. */
  "behaviour",
  /** What the segment is made of is defined otherwise. */
  "upstream",
  /** The segment is defined otherwise, is new or is gone. */
  "rule",
  /** Stays in the segment, and is held out of what is sent from now on, or no longer. */
  "control",
  /** Can't be told: the data as it was is not kept. */
  "unknown",
] as const;

export type Cause = (typeof CAUSES)[number];

const text = z.string();
const count = z.int().min(0);
/** Milliseconds since 1970, of moments that every zone can tell. */
const moment = z.number().min(-8.6e15).max(8.6e15);
const file = z.strictObject({
  name: text.regex(/^[a-z0-9-]+\.parquet$/),
  rows: count,
  bytes: count,
  sha256: text,
  /** The first and the last refresh whose changes it holds. */
  from: count,
  to: count,
});

const source = z.strictObject({
  /** Of its result. */
  key: text,
  /** Whether its rows say when they came to be. */
  isTimed: z.boolean(),
  /** Digest of its rows dated before the refresh, whatever their order; null where its rows say no time. */
  before: text.nullable(),
  /** When the newest of its rows came to be; milliseconds since 1970, null where its rows say no time. */
  newest: moment.nullable(),
});

const manifest = z.strictObject({
  format: z.literal(1),
  /** Of the notebook. */
  path: text,
  entity: text,
  keyType: text,
  /** Segments by number, which the files have in place of cell and name. */
  slots: z.array(z.strictObject({ cell: text, segment: text })),
  refreshes: z.array(
    z.strictObject({
      /** The moment of which it tells, and when it was recorded; milliseconds since 1970. */
      asOf: moment,
      at: moment,
      /** Name of the file with the notebook's text. */
      notebook: text.regex(/^[0-9a-f]{64}\.md$/),
      set: z.record(text, z.union([text, z.number(), z.boolean()])),
      cells: z.array(text),
      /** Slot, its people, how many entered and left. */
      sizes: z.array(z.tuple([count, count, count, count])),
      /** Of cluster cells: how their clusters are beside those of the refresh before. */
      drift: z.record(text, z.array(clusterDriftEntry)).optional(),
    }),
  ),
  /** What a cell was recorded from when it was last recorded. */
  cells: z.record(
    text,
    z.strictObject({
      ...{ refresh: count, key: text, sources: z.record(text, source) },
      clusters: recordedClusters.optional(),
    }),
  ),
  /** Stays that had not ended by the refresh up to which all is put together; null before the first. */
  open: file.nullable(),
  /** Stays that had ended by then. */
  closed: z.array(file),
  /** Who entered and left since, a file a refresh. */
  changes: z.array(file),
});

export const manifestSchema = manifest;
export type Manifest = z.infer<typeof manifest>;
export type HistoryFile = z.infer<typeof file>;
export type RecordedCell = Manifest["cells"][string];
export type RecordedSource = z.infer<typeof source>;

export function emptyManifest(path: string, entity: string, keyType: string): Manifest {
  const nothing = { slots: [], refreshes: [], cells: {}, open: null, closed: [], changes: [] };
  return { format: 1, path, entity, keyType, ...nothing };
}

/** The last refresh whose changes `open` and `closed` hold; 0 where there are none. Refreshes count from 1. */
export function settledAt({ open }: Manifest): number {
  return open?.to ?? 0;
}

/** The type under which a key is kept: whole numbers are one. */
export function keptKeyType(type: string): string {
  return /^(TINY|SMALL|BIG|UTINY|USMALL|U)?INT(EGER)?$/i.test(type) && !/^UBIGINT$/i.test(type) ? "BIGINT" : type;
}
