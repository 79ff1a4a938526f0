import type { Runner, Task } from "./race.ts";

/** What is compared with what; ratios are ours to theirs. */
export interface Goal {
  readonly part: "ward" | "linkage" | "kmeans" | "cases" | "large";
  /** What to run it by alone. */
  readonly name: string;
  readonly title: string;
  readonly ours: Task;
  readonly theirs: Task | null;
  /** Of CPU times, or of times on the clock. */
  readonly demand?: number;
  readonly beyond?: number;
  readonly by?: "wall";
  /** Most memory of the process, MB. */
  readonly memory?: number;
  readonly memoryBeyond?: number;
  /** How the results are held against each other; trees whose ties may fall otherwise are not. */
  readonly same: "bytes" | "tree" | "heights" | "inertia" | "inertia-within-2-percent" | "agreement" | "none";
}

const K = 5;
const ward = (rows: number, columns: number, data: Task["data"] = "mixture"): Task => ours("ward", rows, columns, data);
const vector = (rows: number, columns: number, data: Task["data"] = "mixture"): Task =>
  task("python", "linkage_vector", rows, columns, data);

export const GOALS: readonly Goal[] = [
  {
    ...{
      part: "ward",
      name: "ward-20k",
      title: "Ward 20k × 8 to linkage_vector",
      ours: ward(20_000, 8),
      theirs: vector(20_000, 8),
    },
    ...{ demand: 0.15, beyond: 0.07, memory: 70, same: "tree" },
  },
  {
    ...{
      part: "ward",
      name: "ward-20k-16",
      title: "Ward 20k × 16 to linkage_vector",
      ours: ward(20_000, 16),
      theirs: vector(20_000, 16),
    },
    ...{ demand: 0.18, beyond: 0.1, same: "tree" },
  },
  {
    ...{
      part: "ward",
      name: "ward-100k",
      title: "Ward 100k × 8 to linkage_vector",
      ours: ward(100_000, 8),
      theirs: vector(100_000, 8),
    },
    ...{ demand: 0.06, beyond: 0.025, memory: 100, same: "tree" },
  },
  {
    ...{ part: "ward", name: "ward-scikit", title: "Ward 20k × 8 to scikit-learn", ours: ward(20_000, 8) },
    ...{ theirs: task("python", "scikit-ward", 20_000, 8), demand: 0.015, beyond: 0.006, same: "tree" },
  },
  {
    ...{ part: "ward", name: "ward-scipy", title: "Ward 20k × 8 to scipy", ours: ward(20_000, 8) },
    ...{ theirs: task("python", "scipy-ward", 20_000, 8), same: "tree" },
  },
  {
    ...{ part: "ward", name: "ward-twin", title: "Ward 20k × 8 to its plain twin", ours: ward(20_000, 8) },
    ...{ theirs: ours("plain-ward", 20_000, 8), same: "bytes" },
  },
  {
    ...{ part: "ward", name: "ward-5k-scipy", title: "Ward 5k × 8 to scipy", ours: ward(5000, 8) },
    ...{ theirs: task("python", "scipy-ward", 5000, 8), same: "tree" },
  },
  {
    ...{ part: "ward", name: "ward-1k-ml", title: "Ward 1k × 8 to ml-hclust", ours: ward(1000, 8) },
    ...{ theirs: task("node", "ml-hclust", 1000, 8), same: "heights" },
  },
  {
    ...{
      part: "ward",
      name: "ward-20k-two",
      title: "Ward 20k × 8, two threads to one",
      ours: ours("ward-by-two", 20_000, 8),
    },
    ...{ theirs: ward(20_000, 8), demand: 0.65, beyond: 0.55, by: "wall", same: "tree" },
  },
  {
    ...{
      part: "ward",
      name: "ward-100k-two",
      title: "Ward 100k × 8, two threads to one",
      ours: ours("ward-by-two", 100_000, 8),
    },
    ...{ theirs: ward(100_000, 8), demand: 0.65, beyond: 0.55, by: "wall", same: "tree" },
  },
  {
    ...{ part: "linkage", name: "average-5k", title: "average 5k × 8 to fastcluster", ours: ours("average", 5000, 8) },
    ...{ theirs: task("python", "fastcluster-average", 5000, 8), demand: 1, beyond: 0.6, same: "tree" },
  },
  {
    ...{
      part: "linkage",
      name: "complete-5k",
      title: "complete 5k × 8 to fastcluster",
      ours: ours("complete", 5000, 8),
    },
    ...{ theirs: task("python", "fastcluster-complete", 5000, 8), same: "tree" },
  },
  {
    ...{ part: "linkage", name: "average-5k-scipy", title: "average 5k × 8 to scipy", ours: ours("average", 5000, 8) },
    ...{ theirs: task("python", "scipy-average", 5000, 8), same: "tree" },
  },
  {
    ...{
      part: "linkage",
      name: "average-twin",
      title: "average 5k × 8 to its plain twin",
      ours: ours("average", 5000, 8),
    },
    ...{ theirs: ours("plain-average", 5000, 8), same: "bytes" },
  },
  {
    ...{
      part: "linkage",
      name: "average-20k",
      title: "average 20k × 8 to fastcluster",
      ours: ours("average", 20_000, 8),
    },
    ...{ theirs: task("python", "fastcluster-average", 20_000, 8), same: "tree" },
  },
  {
    ...{ part: "linkage", name: "single-5k", title: "single 5k × 8 to fastcluster", ours: ours("single", 5000, 8) },
    ...{ theirs: task("python", "fastcluster-single", 5000, 8), same: "tree" },
  },
  {
    ...{
      part: "kmeans",
      name: "kmeans-1m",
      title: "k-means 1M × 8, same start, to Lloyd",
      ours: ours("lloyd", 1e6, 8),
    },
    ...{ theirs: task("python", "lloyd", 1e6, 8), demand: 0.6, beyond: 0.35, same: "inertia" },
  },
  {
    ...{ part: "kmeans", name: "kmeans-100k", title: "k-means 100k × 8, the same", ours: ours("lloyd", 1e5, 8) },
    ...{ theirs: task("python", "lloyd", 1e5, 8), same: "inertia" },
  },
  {
    ...{ part: "kmeans", name: "kmeans-100k-ml", title: "k-means 100k × 8 to ml-kmeans", ours: ours("lloyd", 1e5, 8) },
    ...{ theirs: task("node", "ml-kmeans", 1e5, 8), same: "inertia" },
  },
  {
    ...{ part: "kmeans", name: "default-1m", title: "default 1M × 8 to n_init=10", ours: ours("settled", 1e6, 8) },
    ...{ theirs: task("python", "n_init=10", 1e6, 8), demand: 0.15, beyond: 0.08, same: "inertia-within-2-percent" },
  },
  {
    ...{ part: "kmeans", name: "kmeans-1m-ten", title: "k-means 1M × 8 to n_init=10", ours: ours("kmeans", 1e6, 8) },
    ...{ theirs: task("python", "n_init=10", 1e6, 8), same: "inertia-within-2-percent" },
  },
  {
    ...{ part: "kmeans", name: "micro-20k", title: "micro-clusters' cuts 20k × 8 to half's" },
    ...{ ours: ours("micro-agreement", 20_000, 8), theirs: ours("half-agreement", 20_000, 8), same: "agreement" },
  },
  {
    ...{
      part: "cases",
      name: "ward-20k-30",
      title: "Ward 20k × 30",
      ours: ward(20_000, 30),
      theirs: vector(20_000, 30),
      same: "tree",
    },
  },
  {
    ...{ part: "cases", name: "ward-20k-even", title: "Ward 20k × 8, no structure", ours: ward(20_000, 8, "evenly") },
    ...{ theirs: vector(20_000, 8, "evenly"), same: "tree" },
  },
  {
    ...{
      part: "cases",
      name: "ward-20k-ties",
      title: "Ward 20k × 8, whole numbers, ties",
      ours: ward(20_000, 8, "wholeNumbers"),
    },
    ...{ theirs: vector(20_000, 8, "wholeNumbers"), same: "none" },
  },
  {
    ...{ part: "cases", name: "ward-20k-ties-twin", title: "the same to its plain twin" },
    ...{ ours: ward(20_000, 8, "wholeNumbers"), theirs: ours("plain-ward", 20_000, 8, "wholeNumbers"), same: "bytes" },
  },
  {
    ...{ part: "cases", name: "average-5k-30", title: "average 5k × 30", ours: ours("average", 5000, 30) },
    ...{ theirs: task("python", "fastcluster-average", 5000, 30), same: "tree" },
  },
  {
    ...{
      part: "cases",
      name: "average-5k-ties",
      title: "average 5k × 8, whole numbers, ties",
      ours: ours("average", 5000, 8, "wholeNumbers"),
    },
    ...{ theirs: task("python", "fastcluster-average", 5000, 8, "wholeNumbers"), same: "none" },
  },
  {
    ...{
      part: "large",
      name: "ward-1m",
      title: "Ward 1M × 8 to our own 100k",
      ours: ward(1e6, 8),
      theirs: ward(1e5, 8),
    },
    ...{ demand: 30, beyond: 22, memory: 350, same: "none" },
  },
  {
    ...{
      part: "large",
      name: "default-10m",
      title: "k-means 10M × 8, peak memory",
      ours: ours("kmeans-streamed", 1e7, 8),
      theirs: null,
    },
    // The raw matrix of four-byte numbers is 320 MB.
    ...{ memory: (2.5 * 320e6) / 2 ** 20, memoryBeyond: (1.5 * 320e6) / 2 ** 20, same: "none" },
  },
];

function ours(name: string, rows: number, columns: number, data: Task["data"] = "mixture"): Task {
  return task("node", name, rows, columns, data);
}

function task(by: Runner, name: string, rows: number, columns: number, data: Task["data"] = "mixture"): Task {
  return { by, name, rows, columns, data, k: K };
}
