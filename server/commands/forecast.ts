import type { PlainValue, Table } from "../engine/engine.ts";
import { formatCount } from "../figures/format.ts";
import { lastDayBefore } from "../figures/format-time.ts";
import { MOST_DAYS } from "../run/forecast/most-days.ts";
import type { ForecastPeople, ForecastView, SegmentForecast } from "../segments/membership/forecast-view.ts";
import { type AskFlags, planCall, readAsk } from "./ask.ts";
import { CallFault, EXIT } from "./command.ts";
import { oneOf, upTo } from "./flag-values.ts";
import { namedSegment } from "./segment-name.ts";
import { type Format, pieceWriter } from "./show/formats.ts";
import { withKernel } from "./with-kernel.ts";

export interface ForecastFlags extends AskFlags {
  readonly days?: string | number;
  readonly who?: string;
  readonly format?: string;
}

/** A table for people is not read to its end. */
const SHOWN = 50;
const ALL = 100_000_000;

const FORMATS: readonly Exclude<Format, "parquet" | "ndjson">[] = ["table", "csv", "json"];

/** Prints who drops out of each segment, or of one of them person by person, in the next days if nobody does anything. */
export async function forecast(
  notebook: string | undefined,
  which: string | undefined,
  flags: ForecastFlags,
): Promise<number> {
  const segment = which === undefined ? null : namedSegment(which);
  const days = upTo("days", MOST_DAYS, flags.days ?? 7);
  const who = oneOf("who", ["leaving", "entering"] as const, flags.who ?? "leaving");
  const format = oneOf("format", FORMATS, flags.format ?? "table");
  const limit = format === "table" ? SHOWN : ALL;
  const people = segment === null ? null : { ...segment, which: who, offset: 0, limit };
  const { workspace, limits, ask } = await readAsk(notebook, flags);
  return withKernel({ workspace, limits }, async (kernel, signal) => {
    await planCall(kernel, ask, signal);
    const view = await kernel.ask("forecast", { ...ask, days, people }, { signal });
    const untold = view.untold.filter(({ cell }) => segment === null || cell === segment.cell);
    for (const { cell, why } of untold) process.stderr.write(`${ask.path} ${cell}: ${why}\n`);
    if (segment !== null && view.people === null && untold.length === 0)
      throw new CallFault(noSegment(which ?? "", view));
    const table = segment === null ? segmentsTable(view.segments) : peopleTable(view);
    if (table !== null) {
      const total = view.people?.total ?? table.rows.length;
      const writer = pieceWriter(format, { total, spreadsheet: false });
      for (const text of [...writer.rows(table), ...writer.end()]) process.stdout.write(text);
      process.stderr.write(`${spanOf(view)}${segment === null ? "" : `: ${countOf(view.people, who)}`}\n`);
    }
    return untold.length === 0 ? EXIT.good : EXIT.fault;
  });
}

function noSegment(which: string, { segments }: ForecastView): string {
  const names = segments.map(({ cell, segment }) => `${cell}.${segment}`);
  return `There is no segment ${which}. There are: ${names.join(", ")}.`;
}

function segmentsTable(segments: readonly SegmentForecast[]): Table {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    columns: [
      { name: "cell", type: "VARCHAR" },
      { name: "segment", type: "VARCHAR" },
      { name: "size", type: "BIGINT" },
      { name: "leaving", type: "BIGINT" },
      { name: "entering", type: "BIGINT" },
    ],
    rows: segments.map(({ cell, segment, size, leaving, entering }): PlainValue[] => {
      return [cell, segment, size, sum(leaving), sum(entering)];
    }),
  };
}

function peopleTable({ people, days }: ForecastView): Table | null {
  if (people === null) return null;
  return {
    columns: [
      { name: "person", type: "VARCHAR" },
      { name: "day", type: "DATE" },
    ],
    rows: people.rows.map(({ person, day }): PlainValue[] => [person, lastDayBefore(days[day - 1] ?? "")]),
  };
}

function spanOf({ asOf, days }: ForecastView): string {
  const from = lastDayBefore(asOf);
  const until = lastDayBefore(days.at(-1) ?? asOf);
  return `if nothing happens from ${from} until ${until}`;
}

function countOf(people: ForecastPeople | null, who: "leaving" | "entering"): string {
  const total = people?.total ?? 0;
  const drop = who === "leaving" ? ["drops out", "drop out"] : ["comes in", "come in"];
  return `${formatCount(total)} ${total === 1 ? drop[0] : drop[1]}`;
}
