import { Temporal } from "temporal-polyfill";
import { sayDay } from "../../language/describe-time.ts";
import { literal, name as quoted } from "../../language/quote.ts";
import { microsSql } from "../../language/sql-time.ts";
import type { Rule, Step, Window } from "../../language/tree.ts";
import type { EventWord } from "../../language/vocabulary.ts";
import { stretchOfWindow } from "../../segments/guards/facts.ts";
import { type Finding, finding } from "../finding.ts";
import type { Check, Subject } from "../subject.ts";
import { keptRows } from "./kept-rows.ts";
import { type Provable, provable } from "./proving.ts";
import { storedResult } from "./stored.ts";

const DAY = 86_400_000_000_000n;

/** Windows that look further back than there are events; from results that are there. */
export const windowsBeyond: Check = async (subject) => {
  const found = await Promise.all(
    provable(subject)
      .flat()
      .flatMap((rule) => windowsIn(rule.tree).map((one) => beyond(rule, one, subject))),
  );
  return found.flat();
};

interface Windowed {
  readonly window: Window;
  readonly step: Step;
}

async function beyond(rule: Provable, { window, step }: Windowed, subject: Subject): Promise<Finding[]> {
  const event = rule.vocabulary.events.find(
    ({ words, relation }) => words === step.words && relation === step.relation,
  );
  const stretch = stretchOfWindow(rule.world, window);
  const first = event === undefined || stretch === null ? null : await firstOf(event, subject);
  if (stretch === null || first === null) return [];
  const said = `${step.words} ${rule.text.slice(window.from, window.to).replaceAll(/\s+/g, " ")}`;
  const { clock } = subject.plan.studies.request;
  const dayOf = (nanoseconds: bigint) =>
    sayDay(Temporal.Instant.fromEpochNanoseconds(nanoseconds).toZonedDateTimeISO(clock.zone).toPlainDate());
  const place = rule.place(window.from);
  const about = { code: "window-beyond-data", guard: { segment: rule.name, about: said } };
  const since = `the first \`${step.words}\` in the data is of ${dayOf(first)}`;
  if (stretch.until <= first) {
    const message = `\`${said}\` ends before there are any events: ${since}.`;
    return [finding(rule.studied, place, { ...about, message, hint: "Load older data, or move the window." })];
  }
  // The first event may come a little after the data begin.
  const { from } = stretch;
  if (from === null || first - from <= DAY || (first - from) * 50n <= stretch.until - from) return [];
  const days = (BigInt(clock.asOf) * 1_000_000n - first) / DAY;
  const message = `\`${said}\` looks back to ${dayOf(from)}; ${since}.`;
  const hint = `Load older data, or look back no further than there are any: ${days.toLocaleString("en")} days.`;
  return [finding(rule.studied, place, { ...about, message, hint })];
}

/** The first event's time in nanoseconds since 1970; null where there is none, or no result. */
async function firstOf(event: EventWord, { plan, signal }: Subject): Promise<bigint | null> {
  const stored = await storedResult(plan, event.relation);
  const column = stored?.columns.find(({ name }) => name === event.at);
  if (stored === null || column === undefined) return null;
  const least = `min(${quoted(column.name)})`;
  const at = microsSql({ sql: least, type: column.type }, plan.studies.request.clock.zone);
  const kind =
    event.where === null ? "" : ` WHERE ${quoted(event.where.column)}::VARCHAR = ${literal(event.where.value)}`;
  const sql = `SELECT (${at})::VARCHAR FROM ${stored.from}${kind}`;
  const [row] = (await keptRows(plan.studies.request.engine, sql, signal)) ?? [];
  const value = row?.[0] ?? null;
  return value === null ? null : BigInt(String(value)) * 1000n;
}

function windowsIn(rule: Rule): Windowed[] {
  switch (rule.kind) {
    case "and":
    case "or":
      return rule.parts.flatMap(windowsIn);
    case "not":
      return windowsIn(rule.part);
    case "happened":
      return rule.window === null ? [] : [{ window: rule.window, step: rule.step }];
    case "measured": {
      const { window, step } = rule.measure;
      return window === null ? [] : [{ window, step }];
    }
    case "sequence": {
      const { window, steps } = rule;
      return window === null ? [] : steps.slice(0, 1).map((step) => ({ window, step }));
    }
    default:
      return [];
  }
}
