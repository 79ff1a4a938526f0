import { parseColumns, textsOf } from "../cells/features/read-columns.ts";
import type { FeaturesBody } from "../cells/features.ts";
import type { Read } from "../cells/kind.ts";
import type { ScoreBody } from "../cells/score.ts";
import type { SegmentsBody } from "../cells/segments.ts";
import { vocabularyOf } from "../cells/vocabulary.ts";
import { parseRule } from "../language/parse-rule.ts";
import type { Expression, Rule } from "../language/tree.ts";
import type { Vocabulary } from "../language/vocabulary.ts";
import type { Plan } from "../run/plan.ts";
import { nothingRecorded } from "../run/recorded.ts";
import type { StudiedCell } from "../run/studied.ts";
import { studyContext } from "../run/study-context.ts";
import { bodyOf } from "./body-of.ts";
import type { Place } from "./statements.ts";

/** A rule of a segments or score cell, or an expression of a features cell, that can be read. */
export interface SpokenText {
  readonly studied: StudiedCell;
  /** The segment, the points, or the feature. */
  readonly name: string;
  readonly text: string;
  readonly tree: Rule | Expression;
  /** The relation whose columns are the attributes; null for expressions. */
  readonly of: string | null;
  /** What it may speak of. */
  readonly vocabulary: Vocabulary;
  /** Place in the file of an offset into `text`. */
  place(offset: number): Place;
}

/** Every rule and expression of a notebook that can be read; what can't is told by the plan. */
export async function spokenTexts(plan: Plan): Promise<SpokenText[]> {
  const texts = await Promise.all(plan.cells.map((studied) => spokenIn(studied, plan)));
  return texts.flat();
}

async function spokenIn(studied: StudiedCell, plan: Plan): Promise<SpokenText[]> {
  const reading = studied.reading;
  if (reading === null || plan.studies.names.cell(studied.cell.id) !== studied.cell) return [];
  if (studied.cell.kind === "features") return expressionsIn(studied, reading as Read<FeaturesBody>, plan);
  const written = rulesIn(studied);
  const of = (reading.body as { of?: unknown }).of;
  if (written.length === 0 || typeof of !== "string") return [];
  const context = contextFor(studied, plan);
  const known = await context.relation(of, null);
  if ("code" in known) return [];
  const isSegments = studied.cell.kind === "segments";
  const own = isSegments ? written.map(({ name }) => ({ cell: studied.cell.id, name })) : [];
  const vocabulary = await vocabularyOf({ of: known, own, texts: written.map(({ text }) => text) }, context);
  return written.flatMap(({ name, text, path }) => {
    const { rule, problems } = parseRule(text, vocabulary);
    if (rule === null || problems.length > 0) return [];
    return [
      { studied, name, text, tree: rule, of, vocabulary, place: (offset: number) => reading.within(path, offset) },
    ];
  });
}

async function expressionsIn(studied: StudiedCell, reading: Read<FeaturesBody>, plan: Plan): Promise<SpokenText[]> {
  const context = contextFor(studied, plan);
  const from = { columns: [], provisional: true };
  const vocabulary = await vocabularyOf({ of: from, own: [], texts: textsOf(reading.body) }, context);
  const { expressions } = parseColumns(reading, vocabulary, context);
  return expressions.flatMap(({ name, expression }) => {
    const text = reading.body.columns[name];
    if (typeof text !== "string") return [];
    const place = (offset: number) => reading.within(["columns", name], offset);
    return [{ studied, name, text, tree: expression, of: null, vocabulary, place }];
  });
}

function rulesIn(studied: StudiedCell): { name: string; text: string; path: (string | number)[] }[] {
  if (studied.cell.kind === "segments") {
    const rules = Object.entries(bodyOf<SegmentsBody>(studied)?.segments ?? {});
    return rules.map(([name, text]) => ({ name, text, path: ["segments", name] }));
  }
  if (studied.cell.kind !== "score") return [];
  const points = bodyOf<ScoreBody>(studied)?.points ?? [];
  return points.map(({ when }, index) => ({
    name: `points_${index + 1}`,
    text: when,
    path: ["points", index, "when"],
  }));
}

/** Asks as the cell's own study would; what it records goes nowhere. */
function contextFor(studied: StudiedCell, plan: Plan) {
  return studyContext(plan.studies, studied.cell, nothingRecorded({ inputs: [] }));
}
