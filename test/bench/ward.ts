import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ward } from "../../server/cluster/ward.ts";
import { normal, uniform } from "../server/cluster/seeded.ts";

/**
 * `npm run bench -- ward [ROUNDS]`: exact Ward on standardised mixtures with skewed columns, CPU seconds, medians of rounds
 * in which ours and scipy's `linkage` take turns (where /usr/bin/python3 has it, on one thread).
 */
const PYTHON = "/usr/bin/python3";
const CASES = [
  { rows: 1000, columns: 8, scipy: true },
  { rows: 5000, columns: 8, scipy: true },
  // scipy takes 3 GB and most of a minute here.
  { rows: 20_000, columns: 8, scipy: false },
  { rows: 20_000, columns: 16, scipy: false },
] as const;

const SCIPY = `
import sys, time, numpy
from scipy.cluster.hierarchy import linkage
points = numpy.fromfile(sys.argv[1]).reshape(-1, int(sys.argv[2]))
linkage(points[:50], 'ward')
start = time.process_time()
merges = linkage(points, 'ward')
print(time.process_time() - start)
`;

const rounds = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const hasScipy = spawnSync(PYTHON, ["-c", "import scipy.cluster.hierarchy"]).status === 0;
if (!hasScipy) process.stdout.write(`${PYTHON} has no scipy: only our own times.\n`);
line("rows × columns", "ours, s", "scipy, s", "ratio", "peak MB");
try {
  await ward(mixture(2000, 8), { rows: 2000, columns: 8 });
  for (const { rows, columns, scipy } of CASES) {
    const points = mixture(rows, columns);
    const file = join(folder, "points");
    writeFileSync(file, new Uint8Array(points.buffer));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = process.cpuUsage();
      const outcome = await ward(points, { rows, columns });
      const { user, system } = process.cpuUsage(before);
      if (!outcome.ok) throw new Error(outcome.message);
      ours.push((user + system) / 1e6);
      if (hasScipy && scipy) theirs.push(scipySeconds(file, columns));
    }
    const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
    const other = theirs.length > 0 ? median(theirs).toFixed(3) : "–";
    const ratio = theirs.length > 0 ? (median(ours) / median(theirs)).toFixed(2) : "–";
    line(`${rows} × ${columns}`, median(ours).toFixed(3), other, ratio, peak);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function scipySeconds(file: string, columns: number): number {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const done = spawnSync(PYTHON, ["-c", SCIPY, file, String(columns)], { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return Number(done.stdout);
}

/** Six clouds, every second column with a long tail, each column standardised. */
function mixture(rows: number, columns: number): Float64Array {
  const draw = normal(1);
  const pick = uniform(2);
  const centres = Array.from({ length: 6 * columns }, () => 2 * draw());
  const points = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const cloud = Math.floor(pick() * 6);
    for (let c = 0; c < columns; c++) {
      const value = draw() + (centres[cloud * columns + c] ?? 0);
      points[row * columns + c] = c % 2 === 1 ? Math.exp(value / 2) : value;
    }
  }
  for (let c = 0; c < columns; c++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += (points[row * columns + c] ?? 0) / rows;
    let squares = 0;
    for (let row = 0; row < rows; row++) squares += ((points[row * columns + c] ?? 0) - mean) ** 2;
    const sd = Math.sqrt(squares / rows);
    for (let row = 0; row < rows; row++) points[row * columns + c] = ((points[row * columns + c] ?? 0) - mean) / sd;
  }
  return points;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function line(...cells: string[]): void {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(10))).join("")}\n`);
}
