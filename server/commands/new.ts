import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { openDuckDb } from "../engine/duckdb.ts";
import { type Engine, EngineFailure } from "../engine/engine.ts";
import { literal } from "../language/quote.ts";
import type { Workspace } from "../run/workspace.ts";
import { CallFault, EXIT, workspaceFor } from "./command.ts";
import { guessNotebook, type SeenFile } from "./new/guess.ts";

/** Writes `notebooks/<name>.md`: sources, features, clusters and rules, guessed from the files' columns. */
export async function newNotebook(
  name: string | undefined,
  files: readonly string[],
  flags: { workspace?: string },
): Promise<number> {
  if (name === undefined) throw new CallFault("Which name? segbook new NAME --data FILE….");
  if (!/^[A-Za-z0-9][A-Za-z0-9 _-]*$/.test(name))
    throw new CallFault(`A name is of letters, digits, blanks, - and _, found ${name}.`);
  if (files.length === 0) throw new CallFault("Which data? Name one or more files of the data folder with --data.");
  const workspace = workspaceFor(flags.workspace);
  const target = join(workspace.notebooks, `${name.replace(/\.md$/, "").toLowerCase().replaceAll(" ", "-")}.md`);
  if (existsSync(target)) throw new CallFault(`${target} is there already; choose another name.`);
  const engine = await openDuckDb(null);
  try {
    const seen: SeenFile[] = [];
    for (const file of files) seen.push(await look(engine, file, workspace));
    await mkdir(workspace.notebooks, { recursive: true });
    await writeFile(target, guessNotebook(name, seen), { flag: "wx" });
  } finally {
    await engine.close();
  }
  process.stdout.write(`${relative(process.cwd(), target) || target}\n`);
  return EXIT.good;
}

async function look(engine: Engine, file: string, workspace: Workspace): Promise<SeenFile> {
  const places = isAbsolute(file) ? [file] : [resolve(file), resolve(workspace.data, file)];
  const absolute = places.find((place) => existsSync(place));
  if (absolute === undefined) throw new CallFault(`There is no file ${file}. Looked for ${places.join(" and ")}.`);
  const path = relative(workspace.data, absolute).split(sep).join("/");
  if (path.startsWith("..")) throw new CallFault(`${file} is not below ${workspace.data}; copy it there first.`);
  const reader = /\.parquet$/i.test(absolute)
    ? "read_parquet"
    : /\.(jsonl?|ndjson)(\.gz)?$/i.test(absolute)
      ? "read_json"
      : "read_csv";
  try {
    const from = `${reader}(${literal(absolute)})`;
    const columns = await engine.describe({ sql: `SELECT * FROM ${from}` });
    const keys = columns.filter((column) => /(^|_)id$|email|name/i.test(column.name));
    const distinct =
      keys.length === 0
        ? []
        : await engine.rows({
            sql: `SELECT ${keys.map((key, index) => `approx_count_distinct("${key.name.replaceAll('"', '""')}") AS k${index}`).join(", ")}, count(*) AS n FROM ${from}`,
          });
    const rows = Number(distinct[0]?.n ?? 0);
    return {
      path,
      columns,
      rows,
      distinct: new Map(keys.map((key, index) => [key.name, Number(distinct[0]?.[`k${index}`] ?? 0)])),
    };
  } catch (error) {
    if (error instanceof EngineFailure) throw new CallFault(`${file} can't be read: ${error.message.split("\n")[0]}`);
    throw error;
  }
}
