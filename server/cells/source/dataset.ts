import { stat } from "node:fs/promises";
import { name as quoted } from "../../language/quote.ts";
import type { DataFile, Read, RunContext } from "../kind.ts";
import { inTotalOrder, isOrdered } from "../row-order.ts";
import { parametersOf, withoutSemicolon } from "../sql.ts";
import { SourceFault } from "./fault.ts";
import { findFiles } from "./find-files.ts";
import type { Finding } from "./finding.ts";
import { type FileFault, openFiles } from "./open.ts";
import { type RawGroup, ROW } from "./raw.ts";
import type { SourceBody } from "./schema.ts";

/** The rows of a source as they come, before names and types. */
export interface Dataset {
  readonly files: readonly DataFile[];
  readonly groups: readonly RawGroup[];
  readonly faults: readonly FileFault[];
  readonly findings: readonly Finding[];
  /** Whether the files are still those that were opened. Throws SourceFault where they are not. */
  confirm(): Promise<void>;
}

export async function openDataset(reading: Read<SourceBody>, context: RunContext): Promise<Dataset> {
  const { body } = reading;
  if (body.sql !== null)
    return { files: [], faults: [], findings: [], confirm: async () => {}, ...(await fromQuery(body.sql, context)) };
  const files = await findFiles(body.files ?? [], context);
  const before = await marks(files);
  const { groups, faults, findings } = await openFiles(files, body, context);
  const confirm = async () => {
    const after = await marks(files);
    const changed = files.find((_, index) => before[index] !== after[index]);
    if (changed === undefined) return;
    const message = `\`${changed.path}\` was changed while it was read.`;
    throw new SourceFault({ code: "file-changed", message, hint: "Run the cell again once the file is complete." });
  };
  return { files, groups, faults, findings, confirm };
}

async function fromQuery(sql: string, context: RunContext): Promise<{ groups: RawGroup[] }> {
  const { engine, signal } = context;
  const { relations, parameters, canonical } = await engine.analyse(sql);
  for (const { name } of relations) await context.relation(name);
  const statement = inTotalOrder(await withoutSemicolon(sql, engine), { isOrdered: isOrdered(canonical) });
  const table = context.scratch("query");
  // The rows are numbered once, as the query gives them.
  await engine.execute({
    sql: `CREATE TABLE ${quoted(table)} AS SELECT row_number() OVER () AS ${ROW}, * FROM (\n${statement}\n)`,
    parameters: parametersOf(context.inputs, parameters),
    signal,
  });
  const columns = await engine.describe({ sql: `SELECT * EXCLUDE (${ROW}) FROM ${quoted(table)}`, signal });
  const counted = await engine.table({ sql: `SELECT count(*) FROM ${quoted(table)}`, signal });
  const group: RawGroup = {
    files: [],
    columns: columns.map(({ name, type }) => ({ name, value: quoted(name), type, candidates: [] })),
    namesOf: [columns.map(({ name }) => name)],
    from: quoted(table),
    fileIndex: "0",
    rowNumber: ROW,
    mark: null,
    rows: [Number(counted.rows[0]?.[0])],
    columnar: true,
    lineOf: async () => null,
  };
  return { groups: [group] };
}

async function marks(files: readonly DataFile[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ absolute }) => {
      const info = await stat(absolute).catch(() => null);
      return info === null ? "" : `${info.size} ${info.mtimeMs} ${info.ino}`;
    }),
  );
}

/** SELECT of all typed rows: over a table that keeps them where reading means parsing, so that it is done once. */
export async function keepRows(rows: string, dataset: Dataset, context: RunContext): Promise<string> {
  if (dataset.groups.every((group) => group.columnar)) return rows;
  const table = quoted(context.scratch("rows"));
  const { engine, signal } = context;
  await engine.execute({
    sql: `CREATE TABLE ${table} AS ${rows}`,
    signal,
    onProgress: (share) => context.progress(share / 2),
  });
  return `SELECT * FROM ${table}`;
}

/** Every row that a look at the bytes found must have come through the engine. Throws SourceFault. */
export function agree(dataset: Dataset, counts: readonly (readonly number[])[]): void {
  dataset.groups.forEach((group, index) => {
    group.rows.forEach((expected, file) => {
      const found = counts[index]?.[file] ?? 0;
      if (expected === null || expected === found) return;
      const path = group.files[file]?.path ?? "";
      const message = `\`${path}\` has ${expected} rows, but the engine read ${found}.`;
      const hint = "Say how the file is written with `csv: {delimiter: …, quote: …}`, or save it as plain CSV.";
      throw new SourceFault({ code: "csv-ambiguous", message, hint });
    });
  });
}
