import { formatCount } from "../figures/format.ts";
import { formatRate, lastDayOf, ratesOf, replayCsv } from "../figures/replay-words.ts";
import { isProblem } from "../notebook/is-problem.ts";
import { MOST_WEEKS, type ReplayView, YEAR_WEEKS } from "../run/replay/view.ts";
import { type AskFlags, planCall, readAsk } from "./ask.ts";
import { EXIT, problemText } from "./command.ts";
import { oneOf, upTo } from "./flag-values.ts";
import { namedSegment } from "./segment-name.ts";
import { withKernel } from "./with-kernel.ts";

export interface ReplayFlags extends AskFlags {
  readonly weeks?: string | number;
  readonly format?: string;
}

const FORMATS = ["table", "csv", "json"] as const;

const WRITERS: Readonly<Record<(typeof FORMATS)[number], (view: ReplayView) => string>> = {
  table: (view) => `${[...tableLines(view)].join("\n")}\n`,
  csv: replayCsv,
  json: (view) => `${JSON.stringify(view)}\n`,
};

/** Prints a segment over past weeks, by its rule as it is written now; runs what it is made of. */
export async function replay(
  notebook: string | undefined,
  which: string | undefined,
  flags: ReplayFlags,
): Promise<number> {
  const segment = namedSegment(which);
  const weeks = upTo("weeks", MOST_WEEKS, flags.weeks ?? YEAR_WEEKS);
  const write = WRITERS[oneOf("format", FORMATS, flags.format ?? "table")];
  const { workspace, limits, ask } = await readAsk(notebook, flags);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    await planCall(kernel, ask, signal);
    const found = await kernel.ask("replay", { ...ask, ...segment, weeks }, { signal });
    if (isProblem(found)) {
      process.stderr.write(problemText(ask.path, found));
      return EXIT.fault;
    }
    process.stdout.write(write(found));
    for (const note of found.notes) process.stderr.write(`note: ${note}\n`);
    return EXIT.good;
  });
}

function* tableLines({ weeks, sends }: ReplayView): Iterable<string> {
  const rates = sends === null ? [] : ["delivered", "open rate", "click rate"];
  const line = (parts: readonly string[]) =>
    parts.map((part, index) => (index === 0 ? part.padEnd(10) : part.padStart(11))).join("");
  yield line(["week to", "in it", "came", "left", ...rates]);
  for (const week of weeks) {
    const { open, click } = ratesOf(week);
    const moves = [week.size, week.entered, week.left].map((count) => formatCount(count));
    const own = week.sends === null ? [] : [formatCount(week.sends.delivered), formatRate(open), formatRate(click)];
    const young = week.sends?.mature === false ? "  so far" : "";
    yield `${line([lastDayOf(week), ...moves, ...own])}${young}`;
  }
}
