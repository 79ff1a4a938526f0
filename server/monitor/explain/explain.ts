import type { Direction, Period, Verdict } from "../model.ts";
import { periodRange, periodWords } from "../period.ts";
import type { Effect } from "./effect.ts";

export interface Finding {
  readonly segment: string;
  /** `click rate`, and what it counts: `clicks`. */
  readonly words: string;
  readonly events: string;
  /** What whoever reads the rate must know, as `may include machine opens`; null where there is nothing. */
  readonly proviso: string | null;
  readonly kind: "rate" | "size";
  readonly period: Period;
  readonly effect: Effect;
  readonly change: { readonly at: string; readonly from: string; readonly to: string };
  readonly verdict: Verdict;
  readonly minRelativeChange: number;
  /** True for so short after the alert that the estimate still moves. */
  readonly settling: "settling" | "settled";
  /** Cohorts that there are in a week, about: 7 where something is sent every day. */
  readonly cohortsAWeek: number;
  readonly pace: "at once" | "gradual";
  /** What is known of why, in the order in which it is said. */
  readonly causes: readonly string[];
}

/** What the metric of machine opens is called in a sentence, and what a jump of it is. */
export const MACHINES = "opens by machines";
export const MEASUREMENT = "measurement, not behaviour";

/** One sentence with numbers: what moved, from what to what, by how much, since when, and what it amounts to. */
export function explain(finding: Finding): string {
  const { segment, words, effect, change, period } = finding;
  const [before, after] = levels(effect.before, effect.after, finding.kind);
  const verb = effect.after < effect.before ? "fell" : "rose";
  const set = periodRange(change.from, change.to, period);
  const about = change.from === change.to ? "" : "about ";
  const since = `since ${about}${periodWords(change.at, period)}${about === "" ? "" : ` (${set})`}`;
  const told = words === MACHINES ? `${MEASUREMENT}: ${words}` : qualified(words, finding.proviso);
  const parts = [`${segment}: ${told} ${verb} from ${before} to ${after}${relative(effect)} ${since}`];
  if (finding.pace === "gradual") parts.push("it came little by little");
  if (finding.causes.length > 0) parts.push(finding.causes.join(", "));
  if (finding.kind === "rate") parts.push(amount(finding));
  if (finding.verdict === "spike") parts.push("it has passed");
  else if (finding.settling === "settling") parts.push("the estimate is still settling");
  if (effect.relative !== null && Math.abs(effect.relative) < finding.minRelativeChange) {
    parts.push(`below the ${percent(finding.minRelativeChange)} that gives notice`);
  }
  return `${parts.join("; ")}.`;
}

/** What to do about a move that many segments share. */
export const SHARED = "look for one cause that they share (tracking, delivery, a mail provider) before their own.";

/** The sentence of an incident. */
export function explainIncident(
  incident: {
    readonly metric: string;
    readonly proviso: string | null;
    readonly direction: Direction;
    readonly moved: number;
    readonly of: number;
    /** How many moved on any of its periods. */
    readonly all: number;
    readonly opened: string;
    /** Where it is known by its segments' alerts alone: the ends of what their sets have in common; else null. */
    readonly set: { readonly from: string; readonly to: string } | null;
  },
  period: Period,
): string {
  const { metric, proviso, direction, moved, of, all, opened, set } = incident;
  const way = direction === "down" ? "fell" : "rose";
  const isSure = set === null || set.from === set.to;
  const when = `${isSure ? "" : "about "}${periodWords(opened, period)}${isSure ? "" : ` (${periodRange(set.from, set.to, period)})`}`;
  const verb = `${way} together ${isSure ? `${period === "send" ? "at" : period === "week" ? "in" : "on"} ` : ""}${when}`;
  const what = `${moved} of ${of} segments${all > moved ? ` at once, ${all} in all` : ""}`;
  if (metric === MACHINES) {
    return `${what}: ${MEASUREMENT}: ${metric} ${verb}; a mail provider opens for its readers, or a filter does: read open rates since with care.`;
  }
  return `${what}: ${qualified(metric, proviso)} ${verb}; ${SHARED}`;
}

function qualified(words: string, proviso: string | null): string {
  return proviso === null ? words : `${words} (${proviso})`;
}

function relative({ relative, low, high }: Effect): string {
  if (relative === null || low === null || high === null) return "";
  return ` (${signed(relative)} %, ${signed(low)} to ${signed(high)})`;
}

function amount({ effect, events, period, cohortsAWeek }: Finding): string {
  const scaled = period === "send" ? effect.extra : cohortsAWeek * effect.extra;
  const count = Math.abs(scaled);
  const shown =
    count >= 100 ? String(Math.round(count / 10) * 10) : count >= 10 ? String(Math.round(count)) : count.toFixed(1);
  return `about ${shown} ${events} ${scaled < 0 ? "fewer" : "more"} a ${period === "send" ? "send" : "week"}`;
}

function signed(share: number): string {
  const points = Math.round(share * 100);
  return points < 0 ? `−${-points}` : points > 0 ? `+${points}` : "0";
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** Both levels, with as many digits as it takes to show what lies between them. */
function levels(before: number, after: number, kind: "rate" | "size"): [string, string] {
  if (kind === "size") return [grouped(before), grouped(after)];
  const apart = 100 * Math.abs(after - before);
  const digits = apart > 0 ? Math.min(4, Math.max(1, Math.ceil(-Math.log10(apart)))) : 1;
  const show = (rate: number) => `${(100 * rate).toFixed(digits)} %`;
  return [show(before), show(after)];
}

function grouped(size: number): string {
  return String(Math.round(size)).replace(/\B(?=(\d{3})+$)/g, ",");
}
