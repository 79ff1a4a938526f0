import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import type { Measures } from "./measured.ts";
import { evenly, mixture, wholeNumbers } from "./mixture.ts";

export type Runner = "node" | "python";

/** A computation: by which program, what, and over which numbers. */
export interface Task {
  readonly by: Runner;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly data: "mixture" | "evenly" | "wholeNumbers";
  readonly k: number;
}

/** Debian's own Python, for which the peers are packaged; another one on the PATH lacks them. */
export const PYTHON = "/usr/bin/python3";
const DATA = { mixture, evenly, wholeNumbers };
const SEED = 1;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
/** For the libraries beneath NumPy. */
export const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

/** Takes turns with the tasks; gives each its measures of all rounds and its last result. */
export function race(
  tasks: readonly Task[],
  rounds: number,
  folder: string,
): { measures: Measures[]; result: Float64Array }[] {
  const found = tasks.map((): { measures: Measures[]; result: Float64Array } => ({
    measures: [],
    result: new Float64Array(),
  }));
  for (let round = 0; round < rounds; round++) {
    tasks.forEach((task, index) => {
      const { result, ...measures } = run(task, folder);
      const of = found[index];
      if (of === undefined) return;
      of.measures.push(measures);
      of.result = result;
    });
  }
  return found;
}

function run(task: Task, folder: string): Measures & { result: Float64Array } {
  const { by, name, columns, k } = task;
  const { points, start } = written(task, folder);
  const out = join(folder, "result");
  const program = by === "python" ? [PYTHON, join(here, "peers.py")] : [process.execPath, compiled()];
  const [command = "", script = ""] = program;
  const env = { ...process.env, ...ONE_THREAD };
  const args = [script, name, points, String(columns), String(k), start, out];
  const done = spawnSync(command, args, { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${name} ended with ${done.signal ?? done.status}: ${done.stderr}`);
  const bytes = readFileSync(out);
  const result = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return { ...(JSON.parse(done.stdout) as Measures), result };
}

/** The task's numbers and the centres that k-means starts from, as files of bare doubles. */
function written({ rows, columns, data, k }: Task, folder: string): { points: string; start: string } {
  const points = join(folder, `${data}-${rows}-${columns}`);
  const start = `${points}-start`;
  if (!existsSync(start)) {
    const values = DATA[data](rows, columns, { seed: SEED });
    writeFileSync(points, new Uint8Array(values.buffer));
    const centres = new Float64Array(k * columns);
    for (let centre = 0; centre < k; centre++) {
      const row = Math.floor(((centre + 0.5) * rows) / k);
      centres.set(values.subarray(row * columns, (row + 1) * columns), centre * columns);
    }
    writeFileSync(start, new Uint8Array(centres.buffer));
  }
  return { points, start };
}

let program: string | null = null;

/** `ours.ts` beside what the build made of the rest, so that a run has nothing but Segbook's own code in its memory. */
function compiled(): string {
  if (program !== null) return program;
  const folder = join(root, "dist", "test", "bench", "clustering");
  mkdirSync(folder, { recursive: true });
  for (const name of ["ours", "measured", "micro-cut"]) {
    const { code } = transformSync(readFileSync(join(here, `${name}.ts`), "utf8"), { loader: "ts", format: "esm" });
    writeFileSync(join(folder, `${name}.js`), code.replace(/("\.\.?\/[^"]*)\.ts"/g, '$1.js"'));
  }
  program = join(folder, "ours.js");
  return program;
}
