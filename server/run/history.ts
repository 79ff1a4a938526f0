import type { Cell, Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { definitionOf } from "../segments/history/definition.ts";
import { migrationOf } from "../segments/history/migration.ts";
import { movesOf } from "../segments/history/moves.ts";
import type { HistoryView, SegmentHistory } from "../segments/history/view.ts";
import type { SegmentRef } from "../segments/profile/view.ts";
import type { Ask } from "./asks.ts";
import { type History, readHistory, recordedText } from "./membership/read.ts";
import type { Plan } from "./plan.ts";
import { offsetTime } from "./wall-time.ts";

export interface HistoryAsk extends Ask {
  /** Of one it is told who came and went, of several who moved between them. */
  readonly segments: readonly SegmentRef[];
}

/** What refreshes recorded of the notebook's segments; nothing where there were none. */
export async function historyOf(
  plan: Plan,
  asked: readonly SegmentRef[],
  signal: AbortSignal,
): Promise<HistoryView | Problem> {
  const { historyFolder, engine, clock } = plan.studies.request;
  const history = await readHistory(historyFolder, signal);
  if (history === null) return { refreshes: [], segments: [], moves: null, migration: null };
  if ("code" in history) return history;
  const { refreshes, slots } = history.manifest;
  const moment = (time: number) => offsetTime(time, clock.zone);
  const [segment] = asked;
  const isRecorded = slots.some((slot) => slot.cell === segment?.cell && slot.segment === segment.name);
  const isOne = asked.length === 1 && segment !== undefined && isRecorded;
  return {
    refreshes: refreshes.map(({ asOf, at }) => ({ asOf: moment(asOf), at: moment(at) })),
    segments: await segmentsIn(history),
    moves: isOne ? await movesOf(engine, history, segment, signal) : null,
    migration: asked.length > 1 ? await migrationOf(engine, history, asked, signal) : null,
  };
}

async function segmentsIn(history: History): Promise<SegmentHistory[]> {
  const { refreshes, slots } = history.manifest;
  const cells = await cellsAtEach(history);
  return slots.map(({ cell, segment }, slot) => {
    let before: string | null = null;
    const points = refreshes.map(({ sizes }, index) => {
      const found = sizes.find((one) => one[0] === slot);
      if (found === undefined) return null;
      const written = cells[index]?.get(cell);
      const text = written === undefined ? null : definitionOf(written, segment);
      const isEdited = before !== null && text !== null && text !== before;
      before = text ?? before;
      return { size: found[1], entered: found[2], left: found[3], isEdited };
    });
    return { cell, name: segment, points };
  });
}

/** The cells at each refresh; texts that can't be read any more have none. */
async function cellsAtEach(history: History): Promise<Map<string, Cell>[]> {
  const { refreshes } = history.manifest;
  const known = new Map<string, Map<string, Cell>>();
  const found: Map<string, Cell>[] = [];
  for (const [index, { notebook }] of refreshes.entries()) {
    const cells = known.get(notebook) ?? cellsOf(await recordedText(history, index + 1));
    known.set(notebook, cells);
    found.push(cells);
  }
  return found;
}

function cellsOf(text: string | null): Map<string, Cell> {
  const cells = text === null ? [] : parseNotebook(text).cells;
  return new Map(cells.map((cell) => [cell.id, cell]));
}
