import type { Engine } from "../../../engine/engine.ts";
import type { DecimalMark } from "../convert.ts";
import { CANDIDATES, type Tally } from "../sniff.ts";

export interface SampleRows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface SampleReading {
  readonly nullValues: readonly string[] | null;
  readonly mark: DecimalMark;
  readonly signal: AbortSignal;
}

/** Counts which types the first rows of a file fit, column by column, by the same rules as for the whole file. */
export async function tallySample(engine: Engine, sample: SampleRows, reading: SampleReading): Promise<Tally[]> {
  const missing = new Set(
    reading.nullValues === null ? [""] : reading.nullValues.length === 0 ? [] : ["", ...reading.nullValues],
  );
  const values = sample.names.map((_, index) =>
    sample.rows.map((row) => {
      const field = row[index] ?? "";
      return missing.has(field) ? null : field;
    }),
  );
  // One column below another, for a statement that names each of them takes the engine longer the more of them there are.
  const counts = CANDIDATES.map(({ fits }) => `count(*) FILTER (${fits("value", reading.mark)})`);
  const sql = `SELECT nth, count(value), ${counts.join(",\n")}
FROM (SELECT nth, unnest(fields) AS value FROM (
  SELECT unnest(columns) AS fields, unnest(range(len(columns))) AS nth
  FROM (SELECT from_json($columns::JSON, '[["VARCHAR"]]') AS columns)
))
GROUP BY nth`;
  const parameters = { columns: { type: "VARCHAR" as const, value: JSON.stringify(values) } };
  const table = await engine.table({ sql, parameters, signal: reading.signal });
  const counted = new Map(table.rows.map(([nth, ...numbers]) => [Number(nth), numbers.map(Number)]));
  return sample.names.map((_, index) => {
    const [present = 0, ...fits] = counted.get(index) ?? [];
    return { present, fitting: new Map(CANDIDATES.map(({ type }, offset) => [type, fits[offset] ?? 0])) };
  });
}

/** So many files are sampled; the others are taken to be like them until they are read as a whole. */
const SAMPLED = 5;

/** Types that are worth a look at the whole of some files with the same columns, column by column. */
export async function hopefulTypes(
  engine: Engine,
  files: readonly SampleRows[],
  reading: SampleReading,
): Promise<string[][]> {
  const tallies: Tally[][] = [];
  for (const file of files.slice(0, SAMPLED)) tallies.push(await tallySample(engine, file, reading));
  return (files[0]?.names ?? []).map((_, index) => {
    const column = tallies.flatMap((tally) => tally[index] ?? []);
    return CANDIDATES.map(({ type }) => type).filter((type) => column.some((tally) => isHopeful(tally, type)));
  });
}

function isHopeful({ present, fitting }: Tally, type: string): boolean {
  return present === 0 || (fitting.get(type) ?? 0) >= 0.9 * present;
}
