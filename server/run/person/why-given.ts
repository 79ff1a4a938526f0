import type { ClusterBody } from "../../cells/cluster/schema.ts";
import { bandsOf, type ScoreBody } from "../../cells/score/schema.ts";
import { own } from "../../notebook/own.ts";
import type { ConditionAnswer, PersonValue, SegmentAnswer } from "../../segments/person/view.ts";
import { flat } from "../page.ts";
import type { StudiedCell } from "../studied.ts";
import { type OfPerson, rowsOfPerson } from "./rows.ts";

/** In which band of a score a person is, with the points of each rule; or why that can't be told. */
export async function whyInBand(studied: StudiedCell, of: OfPerson): Promise<SegmentAnswer[] | { why: string }> {
  const body = studied.reading?.body as ScoreBody | undefined;
  const row = await rowOf(studied, of);
  if (body === undefined || row === null) return notComputed(studied);
  const bands = bandsOf(body);
  if (row === "absent") return bands.map(({ name }) => answer(studied, name, { by: "absence", relation: body.of }));
  const parts = body.points.map(({ when }, index): ConditionAnswer => {
    const name = `points_${index + 1}`;
    const value = own(row, name) ?? null;
    const words = own(studied.study?.words ?? {}, name) ?? when;
    return {
      kind: "condition",
      text: when,
      words,
      holds: Number(value) !== 0,
      found: { what: "points", value },
      parts: [],
    };
  });
  const band = own(row, "band") ?? null;
  return bands.map(({ name, operator, border }): SegmentAnswer => {
    const isIn = band === name;
    const words = operator === ">" ? `a score of more than ${border}` : `a score of at least ${border}`;
    const score = Number(own(row, "score"));
    const holds = operator === ">" ? score > Number(border) : score >= Number(border);
    const found = { what: "score", value: own(row, "score") ?? null };
    const why = { kind: "condition", text: `score ${operator} ${border}`, words, holds, found, parts } as const;
    const higher =
      typeof band === "string" ? ({ by: "segment", segment: band } as const) : ({ by: "exclude" } as const);
    return { cell: studied.cell.id, segment: name, isIn, keptOut: holds && !isIn ? higher : null, why };
  });
}

/** Into which cluster a person was put; or why that can't be told. */
export async function whyInCluster(studied: StudiedCell, of: OfPerson): Promise<SegmentAnswer[] | { why: string }> {
  const body = studied.reading?.body as ClusterBody | undefined;
  const row = await rowOf(studied, of);
  if (body === undefined || row === null) return notComputed(studied);
  if (row === "absent") return [];
  const segment = String(own(row, "segment") ?? "");
  const words = `nearest to this cluster by ${body.columns.join(", ")}`;
  const found = { what: "distance to its centre", value: own(row, "distance") ?? null };
  const why = {
    kind: "condition",
    text: `cluster ${own(row, "cluster")}`,
    words,
    holds: true,
    found,
    parts: [],
  } as const;
  return [{ cell: studied.cell.id, segment, isIn: true, keptOut: null, why }];
}

type Row = Readonly<Record<string, PersonValue>>;

async function rowOf({ cell }: StudiedCell, of: OfPerson): Promise<Row | "absent" | null> {
  const sql = await rowsOfPerson(cell.id, of);
  if (sql === null) return null;
  const { engine } = of.plan.studies.request;
  const { columns, rows } = await engine.table({ sql: `${sql} LIMIT 1`, signal: of.signal });
  const [row] = rows;
  if (row === undefined) return "absent";
  return Object.fromEntries(columns.map(({ name }, index) => [name, flat(row[index] ?? null)]));
}

function answer({ cell }: StudiedCell, segment: string, keptOut: SegmentAnswer["keptOut"]): SegmentAnswer {
  return { cell: cell.id, segment, isIn: false, keptOut, why: null };
}

function notComputed({ cell }: StudiedCell): { why: string } {
  return { why: `\`${cell.id}\` has no result as the notebook stands.` };
}
