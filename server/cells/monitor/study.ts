import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { nearest } from "../../notebook/nearest.ts";
import { entityColumn } from "../entities.ts";
import type { Fault, Read, RunContext, StudyContext } from "../kind.ts";
import { byFaults } from "./by.ts";
import { COUNTED } from "./count-counts.ts";
import { countedBySends } from "./count-sends.ts";
import type { Segmentation } from "./members.ts";
import { type Counting, chooseMetrics } from "./metrics.ts";
import { wallSql } from "./period.ts";
import { type MonitorBody, SEND_COLUMNS, type SendColumn } from "./schema.ts";

type Context = StudyContext | RunContext;
type Place = { line: number; column: number };

export type Mapping = Map<SendColumn, { name: string; type: string }>;

/** What a monitor is made of once its relations' columns are known. */
export interface Plan {
  readonly countings: readonly Counting[];
  readonly segmentations: readonly Segmentation[];
  readonly mapping: Mapping;
  readonly problems: readonly Problem[];
}

const nothing = { countings: [], segmentations: [], mapping: new Map() };

/** Checks a counted relation. */
export function planCounts(reading: Read<MonitorBody>, columns: readonly Column[], context: Context): Plan {
  const { body } = reading;
  const relation = body.counts ?? "";
  const place = reading.at(["counts"]);
  const missing = (name: string): Fault => lacks(relation, name, columns);
  const faults = ["segment", "period"].filter((name) => !has(columns, name)).map(missing);
  const period = columns.find((column) => column.name === "period");
  if (period !== undefined && body.period !== "send" && wallSql("period", period.type, "UTC") === null) {
    faults.push(notATime(relation, period));
  }
  for (const column of columns) {
    if (COUNTED.some((name) => name === column.name) && !/INT|DECIMAL|DOUBLE|FLOAT/.test(column.type)) {
      faults.push(notANumber(relation, column));
    }
  }
  const names = columns.map((column) => column.name);
  const chosen = chooseMetrics(body, names, missing);
  const metricsPlace = body.metrics === null ? place : reading.at(["metrics"]);
  const problems = [
    ...faults.map((fault) => context.problem({ ...fault, place })),
    ...byProblems(reading, relation, columns, context),
    ...chosen.faults.map((fault) => context.problem({ ...fault, place: metricsPlace })),
  ];
  return { ...nothing, countings: chosen.countings, problems };
}

export interface SendsGiven {
  readonly sends: readonly Column[];
  readonly segmentations: readonly (Omit<Segmentation, "column"> & { readonly columns: readonly Column[] })[];
}

/** Checks sends and the segmentations that they are counted for. */
export function planSends(reading: Read<MonitorBody>, given: SendsGiven, context: Context): Plan {
  const { body } = reading;
  const relation = body.sends ?? "";
  const place = reading.at(["sends"]);
  const problems: Problem[] = [];
  const segmentations = given.segmentations.flatMap((one, index) => {
    const at = reading.at(["segments", index]);
    const found = segmentation(one, context, at);
    problems.push(...found.problems);
    return found.segmentation;
  });
  const entity = entityColumn(given.sends, relation, context, place);
  if ("code" in entity) problems.push(entity);
  const mapping: Mapping = new Map();
  for (const name of SEND_COLUMNS) {
    const wanted = body.columns[name] ?? name;
    const column = given.sends.find((one) => one.name === wanted);
    const at = body.columns[name] === undefined ? place : reading.at(["columns", name]);
    if (column === undefined) {
      if (body.columns[name] !== undefined)
        problems.push(context.problem({ ...lacks(relation, wanted, given.sends), place: at }));
      continue;
    }
    if (name.endsWith("_at") && wallSql("t", column.type, "UTC") === null) {
      problems.push(context.problem({ ...notATime(relation, column), place: at }));
    }
    mapping.set(name, column);
  }
  problems.push(...byProblems(reading, relation, given.sends, context));
  const needed: SendColumn[] = body.period === "send" ? ["sent_at", "send_id"] : ["sent_at"];
  for (const name of needed) {
    if (!mapping.has(name) && body.columns[name] === undefined)
      problems.push(context.problem({ ...unmapped(relation, name), place }));
  }
  const missing = (name: string): Fault => unmapped(relation, SOURCES[name] ?? name);
  const chosen = chooseMetrics(body, countedBySends(mapping), missing);
  const metricsPlace = body.metrics === null ? place : reading.at(["metrics"]);
  problems.push(...chosen.faults.map((fault) => context.problem({ ...fault, place: metricsPlace })));
  return { countings: chosen.countings, segmentations, mapping, problems };
}

function byProblems(
  reading: Read<MonitorBody>,
  relation: string,
  columns: readonly Column[],
  context: Context,
): Problem[] {
  return byFaults(reading.body.by, relation, columns).map(({ index, fault }) =>
    context.problem({ ...fault, place: reading.at(["by", index]) }),
  );
}

/** Which column of the sends a count is made of. */
const SOURCES: Readonly<Record<string, string>> = {
  opened: "opened_at",
  clicked: "clicked_at",
  unsubscribed: "unsubscribed_at",
  bounced: "bounced_at",
  machine_opened: "machine_open",
};

function segmentation(
  { relation, columns, hasHeldOut }: SendsGiven["segmentations"][number],
  context: Context,
  place: Place,
): { segmentation: Segmentation[]; problems: Problem[] } {
  const entity = entityColumn(columns, relation, context, place);
  const column = ["segment", "band"].find((name) => has(columns, name));
  const problems = "code" in entity ? [entity] : [];
  if (column !== undefined) return { segmentation: [{ relation, column, hasHeldOut }], problems };
  const fault = {
    code: "monitor-segments",
    message: `\`${relation}\` says of nobody in which segment they are: it has neither a column \`segment\` nor \`band\`.`,
    hint: "Name segments, score or cluster cells; a relation that is already counted goes into `counts:`.",
  };
  return { segmentation: [], problems: [...problems, context.problem({ ...fault, place })] };
}

function has(columns: readonly Column[], name: string): boolean {
  return columns.some((column) => column.name === name);
}

function lacks(relation: string, name: string, columns: readonly Column[]): Fault {
  const near = nearest(
    name,
    columns.map((column) => column.name),
  );
  const hint =
    near.length > 0
      ? `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}? Give it the name that the monitor looks for.`
      : `Add the column to \`${relation}\`.`;
  return { code: "column-missing", message: `\`${name}\`, which \`${relation}\` does not have.`, hint };
}

function unmapped(relation: string, name: string): Fault {
  return {
    code: "column-missing",
    message: `\`${name}\`, which is not a column of \`${relation}\` and is not mapped.`,
    hint: `Say which column it is: \`columns: {${name}: …}\`.`,
  };
}

function notATime(relation: string, column: Column): Fault {
  return {
    code: "not-a-time",
    message: `\`${column.name}\` of \`${relation}\` is ${column.type}, expected a date or a timestamp.`,
    hint: "Declare its type in the source, or cast it in a sql cell; ids of sends need `period: send`.",
  };
}

function notANumber(relation: string, column: Column): Fault {
  return {
    code: "not-a-number",
    message: `\`${column.name}\` of \`${relation}\` is ${column.type}, expected whole numbers.`,
    hint: "Count with count(*) or sum(…), or cast the column.",
  };
}
