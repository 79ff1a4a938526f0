import { line, median } from "../notebook/report.ts";
import { seconds } from "./against-hand.ts";
import { BenchKernel } from "./kernel.ts";
import { segmentsNotebook } from "./notebook.ts";
import { RULES, type Rule } from "./rules.ts";

/** What a further rule costs, and what an edit of one costs once the others are there. */
export async function rulesAndEdits(root: string): Promise<void> {
  const kernel = new BenchKernel(root);
  try {
    await kernel.run(segmentsNotebook(RULES), { cells: ["behaviour", "audiences"] });
    const found: number[] = [];
    for (const count of [1, 5, 20]) {
      const text = segmentsNotebook(RULES.slice(0, count));
      const times: number[] = [];
      for (let time = 0; time < 3; time++)
        times.push(await kernel.run(text, { cells: ["audiences"], recompute: ["audiences"] }));
      found.push(median(times));
      line(
        `segments with ${count} ${count === 1 ? "rule" : "rules"}, everything they ask computed`,
        seconds(median(times)),
        "",
      );
    }
    const [, five = 0, twenty = 0] = found;
    line("  a further rule, from 5 to 20", seconds((twenty - five) / 15), "");
    await kernel.run(segmentsNotebook(RULES), { cells: ["audiences"] });
    const edits = (change: (rule: string, anew: number) => string) => timesOfEdits(kernel, change);
    const border = await edits((rule, anew) => rule.replace("at least 3 times", `at least ${anew} times`));
    line("edit of one rule's number, to the new segments", seconds(border), "");
    const window = await edits((rule, anew) => rule.replaceAll("last 30 days", `last ${720 + anew} hours`));
    line("edit of one rule's window", seconds(window), "");
  } finally {
    await kernel.rest();
  }
}

async function timesOfEdits(kernel: BenchKernel, change: (rule: string, anew: number) => string): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 3; time++) {
    // Another number each time, also in the next call: what an earlier one came to lies in the cache.
    const anew = 1 + Math.floor(Math.random() * 8000);
    const edited = RULES.map(
      (rule): Rule => (rule.name === "Cart Abandoners" ? { ...rule, rule: change(rule.rule, anew) } : rule),
    );
    times.push(await kernel.run(segmentsNotebook(edited), { cells: ["audiences"] }));
  }
  return median(times);
}
