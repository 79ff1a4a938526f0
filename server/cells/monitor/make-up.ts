import { literal, name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { periodWords } from "../../monitor/period.ts";
import { type Binned, type MakeUp, makeUp } from "../../monitor/population/make-up.ts";
import type { Fault, RunContext } from "../kind.ts";
import { countsInBinsSql, edgesSql, featuresOf, longSql } from "./bins.ts";
import { loaded } from "./load-rows.ts";
import type { Segmentation } from "./members.ts";
import type { MonitorBody } from "./schema.ts";
import type { Stays } from "./stays.ts";
import { type Week, weeksOfMakeUp } from "./weeks.ts";
import { makeUpColumns } from "./yields.ts";

type Note = Fault & { readonly severity: "warning" | "note" };

/**
 * Writes `<id>_make_up`: at the beginning of each week, how the features of those who are in a segment are spread beside its
 * reference week. Features are those of then, and so are members; those who are only known as of today tell of no other week. Nothing of a
 * relation that is counted already, whose `stays` are null.
 */
export async function writeMakeUp(
  body: MonitorBody,
  { segmentations, stays }: { readonly segmentations: readonly Segmentation[]; readonly stays: Stays | null },
  context: RunContext,
): Promise<Note[]> {
  if (stays === null) {
    await context.writeColumns("_make_up", loaded(makeUpColumns(), []));
    return [];
  }
  const members = context.scratch("members");
  const told = `SELECT id, cell, name, members_by = 'history' AS is_recorded FROM ${quoted(stays.ids)} WHERE members_by <> 'today'`;
  await execute(
    members,
    `SELECT s.entity, i.cell, i.name AS segment, s.since, s.until, i.is_recorded FROM (${stays.sql}) AS s JOIN (${told}) AS i USING (id)`,
    context,
  );
  const weeks = await weeksOfMakeUp(members, body, context);
  const own = await context.engine.rows({
    sql: `SELECT DISTINCT cell FROM ${quoted(members)}`,
    signal: context.signal,
  });
  const notes: Note[] = stays.known.flatMap(({ cell, why }) =>
    own.some((row) => row.cell === cell) ? [] : [untold(cell, why ?? "its members are known as of today alone")],
  );
  const binned: Binned[] = [];
  for (const { relation: cell } of weeks.length === 0 ? [] : segmentations) {
    const found = await binnedOf(cell, { members, weeks }, context);
    if ("why" in found) notes.push(untold(cell, found.why));
    else binned.push(...found.binned);
  }
  const rows = makeUp(binned);
  rows.sort((a, b) => compare(a.segment, b.segment) || compare(a.period, b.period) || compare(a.feature, b.feature));
  await context.writeColumns("_make_up", loaded(makeUpColumns(), rows));
  return [...notes, ...shifted(rows)];
}

interface Given {
  readonly members: string;
  readonly weeks: readonly Week[];
}

async function binnedOf(
  cell: string,
  { members, weeks }: Given,
  context: RunContext,
): Promise<{ binned: Binned[] } | { why: string }> {
  const { engine, head, signal } = context;
  const bins = context.scratch("bins");
  await execute(
    bins,
    "SELECT '' AS segment, 0 AS feature, []::DOUBLE[] AS edges, []::VARCHAR[] AS words WHERE false",
    context,
  );
  const counted: { week: Week; features: readonly Column[]; rows: readonly Record<string, unknown>[] }[] = [];
  const moments = weeks.map(({ moment }) => moment);
  const look = async (index: number, table: string, columns: readonly Column[]) => {
    const week = weeks[index];
    const features = featuresOf(columns, head.entity);
    if (week === undefined || features.length === 0) return;
    const people = context.scratch("people");
    const names = features.map(({ name }) => `f.${quoted(name)}`).join(", ");
    await execute(
      people,
      `SELECT m.segment, ${names}
      FROM ${quoted(table)} AS f JOIN ${quoted(members)} AS m ON m.entity = f.${quoted(head.entity)}
      WHERE m.cell = ${literal(cell)} AND m.since <= ${week.wall} AND m.until > ${week.wall}`,
      context,
    );
    const long = longSql(people, features);
    if (week.begins.length > 0) {
      const own = `SELECT * FROM (${edgesSql(long)}) WHERE segment IN (${week.begins.map(literal).join(", ")})`;
      await engine.execute({ sql: `INSERT INTO ${quoted(bins)} ${own}`, signal });
    }
    const rows = await engine.rows({ sql: countsInBinsSql(long, bins), signal });
    counted.push({ week, features, rows });
    await engine.execute({ sql: `DROP TABLE ${quoted(people)}`, signal });
    context.progress((index + 1) / weeks.length);
  };
  const past = await context.pastFeatures({ cell, moments, look });
  if ("why" in past) return past;
  return { binned: counted.flatMap(({ week, features, rows }) => arranged(rows, features, week)) };
}

/** Counts a segment and feature as one list: the bins of missing ones first, then by their numbers. */
function arranged(rows: readonly Record<string, unknown>[], features: readonly Column[], week: Week): Binned[] {
  const found = new Map<string, { segment: string; feature: string; counts: number[] }>();
  for (const row of rows) {
    const [segment, feature] = [String(row.segment), features[Number(row.feature)]?.name ?? ""];
    const key = JSON.stringify([segment, feature]);
    const one = found.get(key) ?? { segment, feature, counts: new Array<number>(BINS).fill(0) };
    one.counts[Number(row.bin) + 1] = Number(row.people);
    found.set(key, one);
  }
  return [...found.values()].map((one) => ({ ...one, period: week.period }));
}

/** Missing, up to ten between edges and above the last, and all other words. */
const BINS = 12;

function shifted(rows: readonly MakeUp[]): Note[] {
  const last = rows
    .map(({ period }) => period)
    .sort()
    .at(-1);
  const found = rows.filter(({ flag, period }) => flag === "shifted" && period === last);
  const [most] = [...found].sort((a, b) => b.psi / b.threshold - a.psi / a.threshold);
  if (most === undefined) return [];
  const since = rows.find(({ segment, feature }) => segment === most.segment && feature === most.feature)?.period ?? "";
  const more = found.length > 1 ? ` ${found.length - 1} more.` : "";
  return [
    {
      code: "make-up-shifted",
      severity: "warning",
      message: `${most.segment} is made up otherwise than in ${periodWords(since, "week")}: ${most.feature.replaceAll("_", " ")} has moved most (PSI ${most.psi.toFixed(2)}; chance reaches ${most.threshold.toFixed(2)}).${more}`,
      hint: "Look whether the rule still finds whom it was made for; a new baseline is a new reference.",
    },
  ];
}

function untold(cell: string, why: string): Note {
  return {
    code: "make-up-untold",
    severity: "note",
    message: `The make-up of \`${cell}\` can't be told week by week: ${why.replace(/\.$/, "")}.`,
    hint: "It is told of segments whose members of then are known, by refreshes or by their rules, over a features cell.",
  };
}

function execute(table: string, sql: string, { engine, signal }: RunContext): Promise<void> {
  return engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS ${sql}`, signal });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
