import { RFM_GROUPS } from "../cells/features/rfm.ts";
import type { FeaturesBody } from "../cells/features.ts";
import type { ScoreBody } from "../cells/score.ts";
import type { SegmentsBody } from "../cells/segments.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import { eventWordsOf } from "../cells/source.ts";
import type { StudiedCell } from "../run/studied.ts";
import { bodyOf } from "./body-of.ts";
import type { Facts } from "./facts.ts";

/** The values that may stand in a column, where only certain ones may. */
export interface Options {
  readonly values: readonly string[];
  /** Where it is said: `one_of` of `orders.category`. */
  readonly said: string;
}

/** The values that a column of a cell may have; null where it may have any. */
export function optionsOf(studied: StudiedCell, column: string, facts: Facts): Options | null {
  return OPTIONS[studied.cell.kind]?.(studied, column, facts) ?? null;
}

type OptionsOf = (studied: StudiedCell, column: string, facts: Facts) => Options | null;

const OPTIONS: Readonly<Record<string, OptionsOf>> = {
  source: (studied, column) => {
    const columns = bodyOf<SourceBody>(studied)?.columns ?? {};
    const [name, said] = Object.entries(columns).find(([one]) => one.toLowerCase() === column.toLowerCase()) ?? [];
    if (said === undefined || said.one_of === null) return null;
    return { values: said.one_of, said: `\`one_of\` of \`${studied.cell.id}.${name}\`` };
  },
  features: (studied, column, facts) => {
    const body = bodyOf<FeaturesBody>(studied);
    const written = body?.columns[column];
    if (written === undefined && body?.template === "rfm" && column === "rfm_segment")
      return { values: RFM_GROUPS.map(({ name }) => name), said: "the groups of `template: rfm`" };
    if (typeof written === "string") return mostFrequent(written, facts);
    const origin = written === undefined ? null : facts.carried(studied, column);
    return origin === null ? null : facts.options(origin);
  },
  sql: (studied, column, facts) => {
    const origin = facts.shape(studied.cell.id)?.columns?.find((one) => one.name === column)?.origin ?? null;
    return origin === null || origin.relation === studied.cell.id ? null : facts.options(origin);
  },
  segments: (studied, column) => {
    const body = bodyOf<SegmentsBody>(studied);
    if (body === null || column !== "segment") return null;
    const names = [...Object.keys(body.segments), ...(body.otherwise === null ? [] : [body.otherwise])];
    return { values: names, said: `the segments of \`${studied.cell.id}\`` };
  },
  score: (studied, column) => {
    const bands = Object.keys(bodyOf<ScoreBody>(studied)?.bands ?? {});
    return column === "band" && bands.length > 0
      ? { values: bands, said: `the bands of \`${studied.cell.id}\`` }
      : null;
  },
};

/** `most frequent category of placed order` has the values of that property. */
function mostFrequent(expression: string, facts: Facts): Options | null {
  const [, property, words] =
    /^\s*most\s+frequent\s+([\w`" ]+?)\s+of\s+([\w ]+?)(?:\s+(?:where|in)\b.*)?$/i.exec(expression) ?? [];
  if (property === undefined || words === undefined) return null;
  for (const studied of facts.plan.cells) {
    const body = studied.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
    const isMeant = body !== null && eventWordsOf(body).some((one) => one.words.toLowerCase() === words.toLowerCase());
    if (isMeant) return facts.options({ relation: studied.cell.id, column: property });
  }
  return null;
}
