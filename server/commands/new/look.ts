import type { Kernel } from "../../kernel/kernel.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import { renderScalar } from "../../notebook/yaml/render.ts";
import type { ColumnSummary } from "../../run/view.ts";
import { WHOLE_RUN } from "../../run/whole-run.ts";
import { DataFault, problemText } from "../command.ts";
import { type Reading, readingFor } from "./reading.ts";
import { type Remade, remadeOf, remakeSql } from "./remake.ts";
import { linesOf } from "./write.ts";

/** A data file as a source cell of the notebook reads it. */
export interface SeenFile {
  /** Below the data folder. */
  readonly path: string;
  /** Id of its source cell. */
  readonly id: string;
  /** What its source has to say for it to be read; null where that is nothing. */
  readonly reading: Reading | null;
  /** A column that the notebook calls otherwise than the file does. */
  readonly renamed?: { readonly from: string; readonly to: string };
  /** Columns that are made of what the file has; `columns` has them as they are then. */
  readonly remade: readonly Remade[];
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
}

/** Ids that the guessed notebook gives to other cells. */
const TAKEN = ["behaviour", "personas", "audiences", "watch", "everybody"];

/** Reads the files through source cells, so that what is guessed from is what the notebook will find. */
export async function lookAt(
  kernel: Kernel,
  wanted: { path: string; files: readonly string[] },
  signal: AbortSignal,
): Promise<SeenFile[]> {
  const plain = withIds(wanted.files).map((source): Source => ({ ...source, reading: null }));
  const faults = await faultsOf(kernel, asking(wanted.path, plain), signal);
  const sources = plain.map((source) => {
    const fault = faults.find(({ cell }) => cell === source.id);
    return fault === undefined ? source : { ...source, reading: readingFor(fault) };
  });
  const ask = asking(wanted.path, sources);
  if (faults.length > 0 && (await faultsOf(kernel, ask, signal)).length > 0)
    throw new DataFault(faults.map((fault) => problemText("", { ...fault, line: null }).trim()).join("\n"));
  const seen: SeenFile[] = [];
  for (const source of sources) {
    const { id, path, reading } = source;
    const summary = await kernel.ask("summary", { ...ask, relation: id, key: null }, { signal });
    if (isProblem(summary)) throw new DataFault(`${path}: ${summary.message}`);
    const file = { id, path, reading, remade: [], rows: summary.rows, columns: summary.columns };
    seen.push((await remake(kernel, { path: wanted.path, source, file }, signal)) ?? file);
  }
  return seen;
}

/** The file with columns made of what it has; null where there are none, or where they can't be made of each row. */
async function remake(
  kernel: Kernel,
  { path, source, file }: { path: string; source: Source; file: SeenFile },
  signal: AbortSignal,
): Promise<SeenFile | null> {
  const remade = remadeOf(file.columns);
  if (remade.length === 0) return null;
  const { text, ...rest } = asking(path, [{ ...source, id: linesOf(file.id) }]);
  const made = `\`\`\`source ${file.id}\nsql: ${renderScalar(remakeSql(remade, linesOf(file.id)))}\n\`\`\`\n`;
  const ask = { ...rest, text: `${text}\n${made}` };
  if ((await faultsOf(kernel, ask, signal)).length > 0) return null;
  const summary = await kernel.ask("summary", { ...ask, relation: file.id, key: null }, { signal });
  return isProblem(summary) ? null : { ...file, remade, columns: summary.columns };
}

type Source = Pick<SeenFile, "id" | "path" | "reading">;

function asking(path: string, sources: readonly Source[]) {
  const cells = sources.map(({ id, path, reading }) => {
    const lines = [`files: ${renderScalar(path)}`, ...(reading === null ? [] : [reading.line])];
    return `\`\`\`source ${id}\n${lines.join("\n")}\n\`\`\`\n`;
  });
  return { path, text: `---\nsegbook: 1\n---\n\n${cells.join("\n")}`, set: {}, asOf: null };
}

async function faultsOf(kernel: Kernel, ask: ReturnType<typeof asking>, signal: AbortSignal) {
  const result = await kernel.ask("run", { ...ask, ...WHOLE_RUN, now: "last" }, { signal });
  return result.cells.flatMap(({ problems }) => problems.filter(({ severity }) => severity === "error"));
}

/** An id for each file, made of its name; none is another's relation. */
function withIds(files: readonly string[]): { id: string; path: string }[] {
  const taken = new Set(TAKEN.flatMap(relationsOf));
  return files.map((path) => {
    const base = plainId(path);
    let id = base;
    for (let number = 2; relationsOf(id).some((name) => taken.has(name)); number++) id = `${base}_${number}`;
    for (const name of relationsOf(id)) taken.add(name);
    return { id, path };
  });
}

function relationsOf(id: string): string[] {
  return [id, linesOf(id), `${id}_audit`, `${id}_rejects`];
}

function plainId(path: string): string {
  const name = (path.split("/").at(-1) ?? "").replace(/\..*$/, "");
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  return plain.slice(0, 40) || "data";
}
