import type { SegmentsBody } from "../../cells/segments.ts";
import { vocabularyOf } from "../../cells/vocabulary.ts";
import { HISTORY } from "../../language/sql-history.ts";
import type { Vocabulary } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { didYouMean } from "../../notebook/nearest.ts";
import type { Plan } from "../plan.ts";
import { nothingRecorded } from "../recorded.ts";
import { columnsOf, problemMaker, type StudiedCell } from "../studied.ts";
import { studyContext } from "../study-context.ts";

/** A cell with named rules, and the names that they may use. */
export interface RulesCell {
  readonly studied: StudiedCell;
  readonly body: SegmentsBody;
  /** Every event with its columns. */
  readonly vocabulary: Vocabulary;
}

/** A segments cell of the plan, or why it is none. */
export async function rulesCell(plan: Plan, id: string): Promise<RulesCell | Problem> {
  const studied = plan.cells.find(({ cell }) => cell.id === id);
  if (studied === undefined || studied.cell.kind !== "segments") {
    const ids = plan.cells.filter(({ cell }) => cell.kind === "segments").map(({ cell }) => cell.id);
    const message = studied === undefined ? `There is no cell \`${id}\`.` : `\`${id}\` is no segments cell.`;
    const hint = didYouMean(id, ids, ids.length === 0 ? "Add one first." : `Segments cells: ${ids.join(", ")}.`);
    return { code: "unknown-cell", severity: "error", cell: null, line: null, column: null, message, hint };
  }
  if (studied.reading === null) {
    const hint = studied.problems[0]?.message ?? "See what is said of the cell.";
    return problemMaker(studied.cell)({
      code: "cell-unreadable",
      message: `The text of \`${id}\` can't be read.`,
      hint,
    });
  }
  const body = studied.reading.body as SegmentsBody;
  return { studied, body, vocabulary: await vocabularyFor(plan, studied, body) };
}

async function vocabularyFor(plan: Plan, { cell }: StudiedCell, { of, segments }: SegmentsBody): Promise<Vocabulary> {
  const { studies } = plan;
  const context = studyContext(studies, cell, nothingRecorded({ inputs: [] }));
  const home = studies.names.home(of);
  const relation =
    home === null ? { columns: [], provisional: true } : columnsOf(await studies.of(home.cell), home.suffix);
  const own = Object.keys(segments).map((name) => ({ cell: cell.id, name }));
  const texts = plan.notebook.cells.flatMap((one) => studies.definitions(one).map(({ words }) => words));
  const vocabulary = await vocabularyOf({ of: relation, own, texts }, context);
  const history = await studies.history();
  const isThere = !("code" in history) && history.history !== null;
  return { ...vocabulary, history: isThere ? { relation: HISTORY, columns: history.columns } : null };
}
