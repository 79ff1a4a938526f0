import { BASELINE, changesIn } from "./change-points/ours.ts";
import { METHODS, PUBLISHED } from "./change-points/published.ts";
import { covering, f1 } from "./change-points/scores.ts";
import { annotatedSeries } from "./change-points/series.ts";

/**
 * `npm run bench -- change-points`: the detector on series of the Turing Change Point Dataset, against their five annotators
 * and beside what the benchmark published of other methods. It sees each reading once, in order, and judges none of the first
 * ones; the others see the whole series at once. Seasons and slopes (seatbelts) are no levels: nothing here takes them out.
 */
const names = Object.keys(PUBLISHED);
const found = names.flatMap((name) => {
  const series = annotatedSeries(name);
  return series === null ? [] : [{ series, changes: changesIn(series.values) }];
});
if (found.length > 0) {
  for (const { series, changes } of found)
    line([series.name, `${series.length} readings`, `  changes at ${changes.join(", ") || "none"}`]);
  for (const measure of ["f1", "covering"] as const) {
    process.stdout.write("\n");
    line([measure === "f1" ? "F1, margin 5" : "covering", "ours", ...METHODS]);
    const score = measure === "f1" ? f1 : covering;
    const rows = found.map(({ series, changes }) => ({
      name: series.name,
      scores: [
        score(series, changes),
        ...METHODS.map((method) => PUBLISHED[series.name]?.[measure][method] ?? Number.NaN),
      ],
    }));
    for (const { name, scores } of rows) line([name, ...scores.map((one) => one.toFixed(3))]);
    const means = [0, ...METHODS].map(
      (_, i) => rows.reduce((sum, { scores }) => sum + (scores[i] ?? 0), 0) / rows.length,
    );
    line(["mean", ...means.map((one) => one.toFixed(3))]);
  }
  const other = [10, 20, 28].map((length) => {
    const scores = found.map(({ series }) => f1(series, changesIn(series.values, length)));
    return `${length}: ${(scores.reduce((a, b) => a + b, 0) / scores.length).toFixed(3)}`;
  });
  process.stdout.write(`\nour mean F1 with another baseline: ${other.join(", ")}`);
  process.stdout.write(
    `\nours: tier alert and above, ${BASELINE} readings of baseline; the others: published, with their default settings.\n`,
  );
}

function line(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? cell.padEnd(20) : cell.padStart(10))).join("")}\n`);
}
