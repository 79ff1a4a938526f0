import { line, median } from "../notebook/report.ts";
import { BenchKernel } from "../segments/kernel.ts";
import { segmentsNotebook } from "../segments/notebook.ts";

const EDITS = 12;

/** Windows that no earlier measurement had: what one has read is kept. */
const fresh = Math.floor(Date.now() / 60_000) % 200;

/** Each kind of edit with the conditions of the rule after the n-th of it. */
const KINDS: Readonly<Record<string, (n: number) => string[]>> = {
  "a number compared with an attribute": (n) => rule(100 + n, 3, 90),
  "how many times an event happened": (n) => rule(100, 3 + n, 90),
  "how far back an event counts": (n) => rule(100, 3, 91 + n),
  "a condition on another event is added": (n) => [
    ...rule(100, 3, 90),
    `viewed product where category = 'Toys' in last ${30 + fresh + n} days`,
  ],
};

/** Edits of a rule of four conditions, one after the other, each asked for as the page does. */
export async function builderEdits(root: string): Promise<void> {
  const kernel = new BenchKernel(root);
  try {
    await kernel.run(notebook(rule(100, 3, 90)), { cells: ["behaviour"] });
    const opened = await asked(kernel, rule(100, 3, 90));
    report("the builder is opened", [opened]);
    for (const [what, conditions] of Object.entries(KINDS)) {
      const times: Times[] = [];
      for (let n = 1; n <= EDITS; n += 1) times.push(await asked(kernel, conditions(n)));
      report(what, times);
    }
  } finally {
    await kernel.rest();
  }
}

interface Times {
  readonly first: number;
  readonly exact: number;
  readonly isSampled: boolean;
}

function rule(spend: number, times: number, days: number): string[] {
  return [
    `monetary > ${spend}`,
    `placed order at least ${times} times in last ${fresh + days} days`,
    `sum of amount of placed order in last ${fresh + 100} days > 500`,
    `opened email never in last ${fresh + 60} days`,
  ];
}

/** The text is edited too, so that the notebook is planned anew as it is when one types. */
function notebook(conditions: readonly string[]): string {
  return segmentsNotebook([{ name: "Built", rule: conditions.join(" AND "), sql: "" }]);
}

async function asked(kernel: BenchKernel, conditions: string[]): Promise<Times> {
  const text = notebook(conditions);
  const ask = { cell: "audiences", rule: "Built", conditions };
  const started = performance.now();
  const view = await kernel.preview(text, { ...ask, accuracy: "quick" });
  const first = performance.now() - started;
  if (view.sample !== null) await kernel.preview(text, { ...ask, accuracy: "exact" });
  return { first, exact: performance.now() - started, isSampled: view.sample !== null };
}

function report(what: string, times: readonly Times[]): void {
  const say = (values: readonly number[]) => `${seconds(median(values))} / ${seconds(Math.max(...values))}`;
  const sampled = times.filter(({ isSampled }) => isSampled).length;
  const first = say(times.map((each) => each.first));
  line(what, `${first}${sampled > 0 ? ` (${sampled} sampled)` : ""}`, say(times.map(({ exact }) => exact)));
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
