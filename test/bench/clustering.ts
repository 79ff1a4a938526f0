import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CELLS, measureCell } from "./clustering/cell.ts";
import { GOALS, type Goal } from "./clustering/goals.ts";
import type { Measures } from "./clustering/measured.ts";
import { PYTHON, race } from "./clustering/race.ts";
import { difference } from "./clustering/same.ts";
import { median } from "./notebook/report.ts";

/**
 * `npm run bench -- clustering [PART or NAME …] [ROUNDS]`: ours and the peers, each run in a process of its own, by turns;
 * medians of CPU seconds, seconds on the clock and most memory. Peers have one thread. PART: `ward`, `linkage`, `kmeans`,
 * `cases`, or `large` (a million rows by Ward, ten million by k-means), which is left out where nothing is named. NAME: one row; `cell-100k`, `cell-1m`, `cell-10m`: a whole cluster cell, in a notebook's kernel.
 */
const args = process.argv.slice(2);
const asked = args.filter((arg) => Number.isNaN(Number(arg)));
const rounds = Number(args.find((arg) => !Number.isNaN(Number(arg))) ?? 3);
const unknown = asked.filter(
  (word) => !(word in CELLS || GOALS.some(({ part, name }) => part === word || name === word)),
);
if (unknown.length > 0) {
  const known = [...new Set(GOALS.map((goal) => goal.part)), ...GOALS.map((goal) => goal.name), ...Object.keys(CELLS)];
  throw new Error(`Which part or row instead of ${unknown.join(" ")}? ${known.join(" | ")}`);
}
const goals = GOALS.filter(({ part, name }) =>
  asked.length === 0 ? part !== "large" : asked.includes(part) || asked.includes(name),
);

const hasPeers = spawnSync(PYTHON, ["-c", "import fastcluster, pandas, scipy, sklearn"]).status === 0;
if (!hasPeers) {
  process.stderr.write(
    `${PYTHON} lacks the peers: only our own figures, and those of npm's. To install them on Debian:\n` +
      "apt-get install python3-pandas python3-scipy python3-sklearn python3-fastcluster\n",
  );
}

const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
line(["", "ours: s", "wall", "MB", "theirs: s", "wall", "MB", "ratio", "demand", "beyond", ""]);
try {
  for (const goal of goals) report(goal);
  for (const [name, people] of Object.entries(CELLS)) if (asked.includes(name)) await reportCell(people);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(goal: Goal): void {
  const theirs = goal.theirs?.by === "python" && !hasPeers ? null : goal.theirs;
  const [ours, other] = race(theirs === null ? [goal.ours] : [goal.ours, theirs], rounds, folder);
  if (ours === undefined) return;
  const mine = medians(ours.measures);
  const peer = other === undefined ? null : medians(other.measures);
  const by = goal.by ?? "cpu";
  const ratio = peer === null ? null : mine[by] / peer[by];
  const wrong = other === undefined ? "" : difference(ours.result, other.result, goal.same);
  line([
    ...[goal.title, ...figures(mine), ...figures(peer), ratio?.toPrecision(2) ?? "–"],
    ...[bounds(goal.demand, goal.memory), bounds(goal.beyond, goal.memoryBeyond)],
    [wrong, verdict(goal, ratio, mine.peak)].filter((word) => word !== "").join(", "),
  ]);
  if (wrong !== "") process.exitCode = 1;
}

async function reportCell(people: number): Promise<void> {
  const mine: Measures[] = [];
  const peers: Measures[] = [];
  for (let round = 0; round < rounds; round++) {
    const { ours, theirs } = await measureCell(people, hasPeers);
    mine.push(ours);
    if (theirs !== null) peers.push(theirs);
  }
  const ours = medians(mine);
  const theirs = peers.length === 0 ? null : medians(peers);
  const title = `whole cell, ${people.toLocaleString("en")} × 8, to pandas`;
  line([title, ...figures(ours), ...figures(theirs), theirs === null ? "–" : (ours.cpu / theirs.cpu).toPrecision(2)]);
}

function figures(found: Measures | null): string[] {
  return found === null
    ? ["–", "–", "–"]
    : [found.cpu.toPrecision(3), found.wall.toPrecision(3), found.peak.toFixed(0)];
}

function verdict({ demand, beyond, memory, memoryBeyond }: Goal, ratio: number | null, peak: number): string {
  const within = (most: number | undefined, megabytes: number | undefined) =>
    (most === undefined || (ratio ?? Infinity) <= most) && (megabytes === undefined || peak <= megabytes);
  if (demand === undefined && memory === undefined) return "";
  if (demand !== undefined && ratio === null) return "not compared";
  if (!within(demand, memory)) return "NOT MET";
  return within(beyond, memoryBeyond) ? "beyond" : "met";
}

function medians(measures: readonly Measures[]): Measures {
  const of = (key: keyof Measures) => median(measures.map((found) => found[key]));
  return { cpu: of("cpu"), wall: of("wall"), peak: of("peak") };
}

function bounds(ratio: number | undefined, megabytes: number | undefined): string {
  const words = [ratio?.toString() ?? "", megabytes === undefined ? "" : `${megabytes.toFixed(0)} MB`];
  return words.filter((word) => word !== "").join(", ");
}

function line(cells: readonly string[]): void {
  const widths = [38, 9, 8, 6, 11, 8, 7, 8, 14, 9];
  const text = cells.map((cell, at) => {
    const width = widths[at];
    if (width === undefined) return `  ${cell}`;
    return at === 0 ? cell.padEnd(width) : cell.padStart(width);
  });
  process.stdout.write(`${text.join("").trimEnd()}\n`);
}
