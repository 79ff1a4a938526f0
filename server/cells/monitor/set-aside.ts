import type { LoadColumn } from "../../engine/engine.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Fault } from "../kind.ts";
import type { MonitorBody } from "./schema.ts";
import { setAsideColumns } from "./yields.ts";

/** Something that can't be judged, or that is odd, among what was counted: all else is judged. */
export interface SetAside {
  /** Null where it holds for all of them, as are the others. */
  readonly segment: string | null;
  readonly metric: string | null;
  readonly period: string | null;
  readonly code: string;
  readonly message: string;
}

/** The relation `<id>_set_aside`: by segment, period, metric and code. */
export function setAsideRows(all: readonly SetAside[], period: MonitorBody["period"]): LoadColumn[] {
  const keyOf = ({ segment, period, metric, code }: SetAside) => [segment ?? "", period ?? "", metric ?? "", code];
  const rows = all
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ row }) => row);
  return setAsideColumns(period).map(({ name, type }) => ({
    name,
    type,
    values: rows.map((row) => row[name as keyof SetAside]),
  }));
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}

/** One finding for each code: how many, and the first of them. */
export function setAsideFaults(all: readonly SetAside[], id: string): (Fault & { severity: Problem["severity"] })[] {
  return [...new Set(all.map(({ code }) => code))].map((code) => {
    const rows = all.filter((row) => row.code === code);
    const [first] = rows;
    const about = ABOUT[code];
    if (about === undefined) throw new Error(`nothing is known of ${code}`);
    const more = rows.length > 1 ? ` ${rows.length - 1} more in \`${id}_set_aside\`.` : "";
    const message = `${about.what}: ${first?.message ?? ""}${more}`;
    return { code, severity: about.severity, message, hint: about.hint };
  });
}

const ABOUT: Readonly<Record<string, { what: string; hint: string; severity: Problem["severity"] }>> = {
  "cohort-not-counts": {
    what: "Set aside, for they are no counts",
    hint: "Correct them where they are made: whole numbers from 0 on.",
    severity: "warning",
  },
  "cohort-more-events": {
    what: "Set aside, for more happened than could have",
    hint: "Correct the counts where they are made; `opened`, `clicked` and the like are part of `delivered`, `bounced` of `sent`, `machine_opened` of `opened`.",
    severity: "warning",
  },
  "cohort-twice": {
    what: "Set aside, for a period is there twice",
    hint: "Leave one of the rows out, or add a column that says what each is of: then they are added up.",
    severity: "warning",
  },
  "cohort-clock": {
    what: "A clock runs backwards",
    hint: "Compare the time zones of the columns, and the clocks of what writes them.",
    severity: "warning",
  },
  "cohort-missing": {
    what: "Missing",
    hint: "Load what is missing; the detector takes it as no data, not as zero.",
    severity: "warning",
  },
  "segment-undelivered": {
    what: "Nothing to judge by",
    hint: "Look whether anything is sent to the segment, and whether the columns are what their names say.",
    severity: "warning",
  },
  "segment-appears": {
    what: "A segment is new",
    hint: "It is judged once it has a baseline of its own.",
    severity: "note",
  },
  "segment-vanishes": {
    what: "A segment has ended",
    hint: "Look whether it has members left; its alerts stay as they were.",
    severity: "warning",
  },
  "cohort-revised": {
    what: "Counts of cohorts that were judged before have changed",
    hint: "Let cohorts mature for longer, or look why the data was changed.",
    severity: "warning",
  },
};
