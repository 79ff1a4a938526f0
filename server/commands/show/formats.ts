import type { PlainValue, Table } from "../../engine/engine.ts";
import { csvLine } from "../../run/csv.ts";
import { tableLines } from "./table.ts";

export const FORMATS = ["table", "csv", "json", "ndjson", "parquet"] as const;

export type Format = (typeof FORMATS)[number];

export interface WriteOptions {
  /** Rows of the whole relation, which the table names. */
  readonly total: number;
  /** Keeps a spreadsheet from reading text as a formula. */
  readonly spreadsheet: boolean;
}

/** Turns rows into text piece by piece, so that a relation need not fit in memory. */
export interface PieceWriter {
  /** Called at least once, for a relation without rows too. */
  rows(piece: Table): Iterable<string>;
  end(): Iterable<string>;
}

export function pieceWriter(format: Exclude<Format, "parquet">, options: WriteOptions): PieceWriter {
  return WRITERS[format](options);
}

const WRITERS: Record<Exclude<Format, "parquet">, (options: WriteOptions) => PieceWriter> = {
  table: tableWriter,
  csv: csvWriter,
  json: jsonWriter,
  ndjson: () => ({
    rows: (piece) => piece.rows.map((row) => `${jsonRow(piece, row)}\n`),
    end: () => [],
  }),
};

function jsonWriter(): PieceWriter {
  let written = 0;
  return {
    rows: (piece) => piece.rows.map((row) => `${written++ === 0 ? "[\n" : ",\n"}${jsonRow(piece, row)}`),
    end: () => [written === 0 ? "[]\n" : "\n]\n"],
  };
}

function jsonRow({ columns }: Table, row: readonly PlainValue[]): string {
  const fields = columns.map(({ name }, index) => `${JSON.stringify(name)}:${JSON.stringify(row[index] ?? null)}`);
  return `{${fields.join(",")}}`;
}

function csvWriter({ spreadsheet }: WriteOptions): PieceWriter {
  let isFirst = true;
  return {
    *rows(piece) {
      if (isFirst)
        yield csvLine(
          piece.columns.map(({ name }) => name),
          spreadsheet,
        );
      isFirst = false;
      for (const row of piece.rows) yield csvLine(row, spreadsheet);
    },
    end: () => [],
  };
}

/** The columns' widths are those of all rows, so the few that it prints are held until the end. */
function tableWriter({ total }: WriteOptions): PieceWriter {
  const pieces: Table[] = [];
  return {
    rows: (piece) => {
      pieces.push(piece);
      return [];
    },
    end: () => tableLines({ columns: pieces[0]?.columns ?? [], rows: pieces.flatMap(({ rows }) => rows) }, total),
  };
}
