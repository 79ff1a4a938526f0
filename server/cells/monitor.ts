import { EngineFailure } from "../engine/engine.ts";
import { name as quoted } from "../language/quote.ts";
import { HISTORY } from "../language/sql-history.ts";
import type { Column } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { worksAt } from "../offload/works.ts";
import { readYaml, written } from "./body.ts";
import { HELD_OUT } from "./control.ts";
import type { CellKind, Read, RunContext, StudyContext } from "./kind.ts";
import { cohortCounts } from "./monitor/cohort-counts.ts";
import { type CohortPeriods, type CohortTable, cohortSends } from "./monitor/cohort-sends.ts";
import { readCohorts } from "./monitor/cohorts.ts";
import { writeControl } from "./monitor/control-groups.ts";
import { conversionOf, studyConversion } from "./monitor/conversion.ts";
import { countCountsSql } from "./monitor/count-counts.ts";
import { countedSends } from "./monitor/counted-sends.ts";
import { countsSql } from "./monitor/counts.ts";
import { explainAlerts, type ToExplain } from "./monitor/explain-alerts.ts";
import { explainSizes } from "./monitor/explain-sizes.ts";
import { learningFault } from "./monitor/learning.ts";
import { loaded } from "./monitor/load-rows.ts";
import { writeMakeUp } from "./monitor/make-up.ts";
import { maturityNotes } from "./monitor/maturity.ts";
import { membersNotes } from "./monitor/members-notes.ts";
import type { Counting } from "./monitor/metrics.ts";
import { writeFlows } from "./monitor/movement.ts";
import { type MonitorBody, schema } from "./monitor/schema.ts";
import { setAsideFaults, setAsideRows } from "./monitor/set-aside.ts";
import { standing } from "./monitor/standing.ts";
import { staysOf } from "./monitor/stays.ts";
import { type Plan, planCounts, planSends } from "./monitor/study.ts";
import { alertColumns, hasMix, yields } from "./monitor/yields.ts";
import { parametersOf } from "./sql.ts";

const works = worksAt<typeof import("./monitor/judge.ts")>(import.meta.url, "./monitor/judge.ts");

/** Rates per segment and period, and what drifts: `<id>` (alerts), `<id>_incidents`, `<id>_series`, and what was counted. */
export const monitor: CellKind<MonitorBody> = {
  kind: "monitor",
  nameAt: ([key]) => (key === "segments" || key === "sends" || key === "counts" ? "relation" : null),

  read: (cell, _, inputs) => readYaml(cell, schema, { inputs }),

  watched: ({ period, metrics }) => ({ period, metrics }),

  suffixes: (body) => yields(body).map(({ suffix }) => suffix),

  async study(reading, context) {
    const { body } = reading;
    const problems = await studied(reading, context);
    const conversion = await studyConversion(reading, context);
    return {
      ...{ yields: yields(body), problems: [...problems, ...conversion.problems] },
      ...{ usesTime: true, usesSeed: false, words: {} },
      // What counts as a conversion is nothing to the rates.
      canonical: written({ ...body, conversion: null }),
      apart: { control: { canonical: reading.canonical, reads: conversion.reads } },
    };
  },

  async run(reading, context) {
    if (context.part === "flows") {
      await writeFlows(reading.body, context);
      return [];
    }
    const plan = await planned(reading, context);
    if (plan.problems.some((problem) => problem.severity === "error")) return [...plan.problems];
    if (context.part === "control") {
      const isControlled = plan.segmentations.some(({ hasHeldOut }) => hasHeldOut);
      const event = isControlled ? await conversionOf(reading.body, context) : null;
      const told = await writeControl(plan.segmentations, event === null || "code" in event ? null : event, context);
      return told.map((note) => context.problem({ ...note, place: reading.at([]) }));
    }
    if (context.part === "make_up") {
      const { segmentations, mapping } = plan;
      const ask = { segmentations, sends: reading.body.sends ?? "", mapping };
      const stays = segmentations.length === 0 ? null : await staysOf(ask, context);
      const made = await writeMakeUp(reading.body, { segmentations, stays }, context);
      return made.map((note) => context.problem({ ...note, place: reading.at([]) }));
    }
    try {
      const { table, sends } = await counted(reading.body, plan, context);
      const counting = { countings: plan.countings, body: reading.body };
      const read = await readCohorts(table, counting, context);
      const { cohorts, stale, faults } = await standing(reading.body, read, context);
      const judged = await context.offload(works, "judge", {
        cohorts,
        body: reading.body,
        rebaselines: context.rebaselines,
        provisos: countsMachines(plan) ? { open_rate: MAY_BE_MACHINES } : {},
      });
      const asked = { body: reading.body, alerts: judged.alerts, cohorts, countings: plan.countings, sends };
      const explained = await explainAlerts(asked, context);
      const alerts = await explainSizes(explained.alerts, asked, context);
      await context.writeColumns("", loaded(alertColumns(reading.body.period), alerts));
      await context.writeColumns("_incidents", judged.incidents);
      await context.writeColumns("_series", judged.series);
      await context.write("_counts", countsSql(table, await columnsOf(table, context), reading.body.period));
      await context.writeColumns("_set_aside", setAsideRows(read.setAside, reading.body.period));
      await context.writeColumns("_parts", explained.parts);
      await context.writeColumns("_sight", judged.sight);
      await context.writeColumns("_staleness", stale);
      const known = { segmentations: plan.segmentations, stays: sends?.stays ?? null };
      const made = hasMix(reading.body) ? await writeMakeUp(reading.body, known, context) : [];
      const odd = [
        ...[
          ...setAsideFaults(read.setAside, context.cell.id),
          ...faults,
          learningFault(cohorts, reading.body) ?? [],
        ].flat(),
        ...membersNotes(sends?.stays.known ?? []),
        ...(await maturityNotes(table, reading.body, context)),
        ...made,
      ];
      return [
        ...(await leftOut(reading, context)),
        ...odd.map((fault) => context.problem({ ...fault, place: reading.at([]) })),
        ...notes(reading, plan, context),
      ];
    } catch (error) {
      if (error instanceof EngineFailure) return [engineProblem(error, reading, context)];
      throw error;
    }
  },
};

/** The rows that periods of a segment are made of, in a scratch table, and what of its columns a metric counts. */
export async function cohortOf(
  reading: Read<MonitorBody>,
  asked: CohortPeriods & { readonly metric: string },
  context: RunContext,
): Promise<{ made: CohortTable; counting: Pick<Counting, "n" | "x"> } | null> {
  const plan = await planned(reading, context);
  const counting = plan.countings.find(({ metric }) => metric === asked.metric);
  if (counting === undefined) return null;
  const { body } = reading;
  const made =
    body.counts === null ? await cohortSends(asked, { body, plan }, context) : await cohortCounts(asked, body, context);
  return { made, counting };
}

/** The problems that can be seen before anything has run; columns that are not known yet are judged by the run. */
async function studied(reading: Read<MonitorBody>, context: StudyContext): Promise<readonly Problem[]> {
  const { body } = reading;
  context.input("as_of");
  if (body.counts !== null) {
    const counts = await context.relation(body.counts, reading.at(["counts"]));
    if ("code" in counts) return [counts];
    return counts.columns === null ? [] : planCounts(reading, counts.columns, context).problems;
  }
  const ids = body.segments ?? [];
  const sends = await context.relation(body.sends ?? "", reading.at(["sends"]));
  const history = await context.relation(HISTORY, reading.at(["segments"]));
  const segmentations = [];
  for (const [index, id] of ids.entries()) {
    const known = await context.relation(id, reading.at(["segments", index]));
    // Most have no control group, and then no such relation.
    const held = "code" in known ? known : await context.relation(`${id}${HELD_OUT}`, null);
    segmentations.push({ id, known, hasHeldOut: !("code" in held) });
  }
  const missing = [sends, history, ...segmentations.map(({ known }) => known)].filter((one) => "code" in one);
  if (missing.length > 0) return missing;
  const known = segmentations.flatMap(({ id, known, hasHeldOut }) =>
    "code" in known || known.columns === null ? [] : [{ relation: id, columns: known.columns, hasHeldOut }],
  );
  if ("code" in sends || sends.columns === null || known.length < ids.length) return [];
  return planSends(reading, { sends: sends.columns, segmentations: known }, context).problems;
}

async function planned(reading: Read<MonitorBody>, context: RunContext): Promise<Plan> {
  const { body } = reading;
  if (body.counts !== null) return planCounts(reading, await context.relation(body.counts), context);
  const segmentations = [];
  for (const relation of body.segments ?? []) {
    const hasHeldOut = context.reads.includes(`${relation}${HELD_OUT}`);
    segmentations.push({ relation, columns: await context.relation(relation), hasHeldOut });
  }
  const sends = await context.relation(body.sends ?? "");
  return planSends(reading, { sends, segmentations }, context);
}

/** Makes the table of counted rows; gives its name, and of sends what they were counted from. */
async function counted(
  body: MonitorBody,
  plan: Plan,
  context: RunContext,
): Promise<{ table: string; sends: ToExplain["sends"] }> {
  const { engine, signal, clock } = context;
  const parameters = parametersOf(context.inputs, ["as_of"]);
  const table = context.scratch("counted");
  if (body.counts !== null) {
    const where = { body, zone: clock.zone, weekStarts: clock.weekStarts };
    const sql = countCountsSql({ ...where, relation: body.counts, columns: await context.relation(body.counts) });
    await engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS ${sql}`, parameters, signal });
    return { table, sends: null };
  }
  const { sql, ...sends } = await countedSends(body, plan, context);
  await engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS ${sql}`, parameters, signal });
  return { table, sends };
}

function columnsOf(table: string, { engine, signal }: RunContext): Promise<Column[]> {
  return engine.describe({ sql: `SELECT * FROM ${quoted(table)}`, signal });
}

/** Rows of a counted relation that can't be placed. */
async function leftOut(reading: Read<MonitorBody>, context: RunContext): Promise<Problem[]> {
  const { counts } = reading.body;
  if (counts === null) return [];
  const [row] = await context.engine.rows({
    sql: `SELECT count(*) AS n FROM ${quoted(counts)} WHERE segment IS NULL OR period IS NULL`,
    signal: context.signal,
  });
  const rows = Number(row?.n ?? 0);
  if (rows === 0) return [];
  return [
    context.problem({
      code: "monitor-left-out",
      severity: "warning",
      message: `${rows} rows of \`${counts}\` have no segment or no period and are left out.`,
      hint: "Leave them out in the cell that counts, or give them a segment and a period.",
      place: reading.at(["counts"]),
    }),
  ];
}

/** What a reader must know to read the rates aright. */
function notes(reading: Read<MonitorBody>, plan: Plan, context: RunContext): Problem[] {
  const found = [];
  if (countsMachines(plan)) {
    found.push({
      code: "machine-opens",
      message: "open_rate may include opens by machines: nothing tells them apart here.",
      hint: "Map `machine_open` (or count `machine_opened`) where your platform gives it; the click rate is the surer of the two.",
    });
  }
  return found.map((note) => context.problem({ ...note, severity: "note", place: reading.at([]) }));
}

const MAY_BE_MACHINES = "may include machine opens";

/** Whether opens are counted of which nothing tells whether they are machines'. */
function countsMachines({ countings }: Plan): boolean {
  const opens = countings.find(({ metric }) => metric === "open_rate");
  return opens !== undefined && !opens.columns.includes("machine_opened");
}

function engineProblem(failure: EngineFailure, reading: Read<MonitorBody>, context: RunContext): Problem {
  return context.problem({
    code: `monitor-${failure.kind}`,
    message: failure.message.split("\n")[0] ?? failure.message,
    hint: "Check that the entity's column has the same type in the sends and in the segments, and that the columns are what their names say.",
    place: reading.at([reading.body.counts === null ? "sends" : "counts"]),
  });
}
