import type { LoadColumn } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { type FoundAlert, retold } from "../../monitor/explain/alert.ts";
import { peopleCause } from "../../monitor/explain/people.ts";
import { explainBy, type Split, splitsOf } from "../../monitor/explain/split-by.ts";
import type { RunContext } from "../kind.ts";
import type { Cohorts } from "./cohorts.ts";
import { COUNTED } from "./count-counts.ts";
import { countParts } from "./count-parts.ts";
import { countEdits, countPeople } from "./count-people.ts";
import type { SendCount } from "./count-sends.ts";
import { loaded } from "./load-rows.ts";
import type { Counting } from "./metrics.ts";
import { type PartColumn, type PartsAsk, partColumns } from "./part-columns.ts";
import { countRows, type PartRows, sendRows } from "./part-rows.ts";
import { wallSql } from "./period.ts";
import type { MonitorBody } from "./schema.ts";
import { spansTable } from "./spans.ts";
import type { Stays } from "./stays.ts";
import { partsColumns } from "./yields.ts";

export interface ToExplain {
  readonly body: MonitorBody;
  readonly alerts: readonly FoundAlert[];
  readonly cohorts: readonly Cohorts[];
  readonly countings: readonly Counting[];
  /** What sends were counted from, and who was in which segment when; null for a counted relation. */
  readonly sends: { readonly count: SendCount; readonly stays: Stays } | null;
}

export interface ExplainedAlerts {
  readonly alerts: readonly FoundAlert[];
  /** The relation `<id>_parts`. */
  readonly parts: readonly LoadColumn[];
}

/** Why each alert moved: mix or rate, which parts, and whether it is the same people. Those at watch, and sizes, stay as they are. */
export async function explainAlerts(given: ToExplain, context: RunContext): Promise<ExplainedAlerts> {
  const { body, countings, sends } = given;
  const joined = new Set(countings.filter(({ join }) => join === "sum").map(({ metric }) => metric));
  const asked = given.alerts.filter(({ tier, metric }) => tier !== "watch" && joined.has(metric));
  if (asked.length === 0) return { alerts: given.alerts, parts: loaded(partsColumns(body.period), []) };
  const segments = [...new Set(asked.map(({ segment }) => segment))].sort();
  const columns = await partColumns(await columnsAsk(given, context), context);
  const rows = await rowsOf(given, { columns, segments }, context);
  const spans = await spansTable(asked, given.cohorts, context);
  const from = { rows, spans, countings: countings.filter(({ metric }) => joined.has(metric)) };
  const counted = columns.length === 0 ? new Map<number, []>() : await countParts(from, columns, context);
  const tellsMembers = sends?.stays.known.some(({ history, before }) => history !== null || before === "rule") ?? false;
  const people = tellsMembers ? await countPeople(from, context) : new Map<number, never>();
  const edits =
    tellsMembers && sends !== null
      ? await countEdits(asked, { ids: sends.count.ids, period: body.period, midnight: "begins" }, context)
      : new Map<number, never>();
  const parts: PartRow[] = [];
  const explained = new Map<FoundAlert, FoundAlert>();
  asked.forEach((alert, i) => {
    const own = (counted.get(i) ?? []).map(({ column, parts }) => ({ name: column, parts }));
    const splits = splitsOf(own);
    parts.push(...splits.flatMap((split) => partRows(alert, split)));
    const by = explainBy(splits, own, inflationOf(alert, own[0]?.parts ?? []));
    const mine = people.get(i);
    const everybody = mine === undefined ? [] : [mine.stayed, { before: mine.gone, after: mine.came }];
    const who = mine === undefined ? null : peopleCause(mine, edits.get(i) ?? null, inflationOf(alert, everybody));
    const told = by?.verdict ?? "rate";
    const { verdict, causes } = alert.finding;
    // What came little by little, or has passed, is told as that unless it is the mix.
    const called = verdict === "spike" || (verdict === "gradual" && told === "rate") ? verdict : told;
    const said = [...causes, ...(who === null ? [] : [who]), ...(by?.causes ?? [])];
    explained.set(alert, retold(alert, { verdict: called, causes: said }));
  });
  return {
    alerts: given.alerts.map((alert) => explained.get(alert) ?? alert),
    parts: loaded(partsColumns(body.period), parts),
  };
}

/** How many times more than a binomial's the variance of a change is: by its own error on the scale asin √rate. */
function inflationOf(
  { finding }: FoundAlert,
  parts: readonly { readonly before: { readonly n: number }; readonly after: { readonly n: number } }[],
): number {
  const sum = (side: "before" | "after") => parts.reduce((total, part) => total + part[side].n, 0);
  const [before, after] = [sum("before"), sum("after")];
  if (before === 0 || after === 0) return 1;
  return Math.max(1, finding.effect.error ** 2 / (1 / (4 * before) + 1 / (4 * after)));
}

async function columnsAsk({ body, sends }: ToExplain, context: RunContext): Promise<PartsAsk> {
  const { zone } = context.clock;
  const relation = (sends === null ? body.counts : body.sends) ?? "";
  const given = { relation, columns: await context.relation(relation), zone, by: body.by };
  if (sends === null) return { ...given, taken: ["segment", "period", ...COUNTED], at: null };
  const mapped = [...sends.count.columns.values()];
  const sent = sends.count.columns.get("sent_at");
  const at = sent === undefined ? null : wallSql(quoted(sent.name), sent.type, zone);
  return { ...given, taken: [context.head.entity, ...mapped.map(({ name }) => name)], at };
}

async function rowsOf(
  { body, sends }: ToExplain,
  { columns, segments }: { columns: readonly PartColumn[]; segments: readonly string[] },
  context: RunContext,
): Promise<PartRows> {
  if (sends !== null) return sendRows(sends.count, columns, segments);
  const relation = body.counts ?? "";
  const { zone, weekStarts } = context.clock;
  const given = { relation, columns: await context.relation(relation), period: body.period, zone, weekStarts };
  return countRows(given, columns, segments);
}

interface PartRow {
  readonly segment: string;
  readonly metric: string;
  readonly change_at: string;
  readonly column: string;
  readonly part: string;
  readonly share_before: number;
  readonly share_after: number;
  readonly rate_before: number | null;
  readonly rate_after: number | null;
  readonly mix: number;
  readonly rate: number;
}

function partRows({ segment, metric, change_at }: FoundAlert, { name, told }: Split): PartRow[] {
  return told.parts.map((part) => ({
    ...{ segment, metric, change_at, column: name, part: part.name },
    ...{ share_before: part.shareBefore, share_after: part.shareAfter },
    ...{ rate_before: part.rateBefore, rate_after: part.rateAfter, mix: part.mix, rate: part.rate },
  }));
}
