import { names, parts } from "./monitor/parts.ts";
import { EVALUATION, TUNING } from "./monitor/seeds.ts";

/**
 * `npm run bench -- monitor [PART or NAME …] [RUNS] [tuning]`: the detector on made-up segments, 40 runs by default. PART: `goals`, `side`, `thinned`, `incidents`, `mix`, `sight`, `speed`; all of them where none is named. NAME: one row of any. Figures are
 * ± one standard error. `tuning` takes the seeds by which the detector was chosen instead of those that it is judged on.
 */
const args = process.argv.slice(2);
const words = args.filter((arg) => Number.isNaN(Number(arg)) && arg !== "tuning");
const runs = args.find((arg) => !Number.isNaN(Number(arg)));
const unknown = words.filter((word) => !names().includes(word));
if (unknown.length > 0) throw new Error(`Which part or row instead of ${unknown.join(" ")}? ${names().join(" | ")}`);

const first = args.includes("tuning") ? TUNING : EVALUATION;
for (const { head, rows } of parts({ first, runs: runs === undefined ? null : Number(runs), words })) {
  line(head);
  for (const { cells } of rows) {
    const found = cells();
    line(found);
    if (found.includes("NOT MET")) process.exitCode = 1;
  }
  process.stdout.write("\n");
}

function line(cells: readonly string[]): void {
  const text = cells.map((cell, at) => (at === 0 ? cell.padEnd(48) : cell.padStart(16)));
  process.stdout.write(`${text.join("").trimEnd()}\n`);
}
