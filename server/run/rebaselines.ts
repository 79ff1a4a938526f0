import type { CellKind } from "../cells/kind.ts";
import type { Rebaseline } from "../monitor/life/model.ts";
import { concerningCell } from "../monitor/life/rebaselines.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import type { StudiedCell } from "./studied.ts";
import type { StudyRequest } from "./study-request.ts";

type Asked = Pick<StudyRequest, "rebaselines">;

/** Where a cell's evidence starts anew; nowhere where it gathers none. */
export function ownRebaselines({ cell, kind, reading }: StudiedCell, { rebaselines }: Asked): Rebaseline[] {
  const watched = reading === null ? undefined : kind?.watched?.(reading.body);
  if (watched === undefined || isProblem(rebaselines)) return [];
  return concerningCell(rebaselines, { ...watched, id: cell.id });
}

/** What stands for it in the cell's key. */
export function keyOfRebaselines(studied: StudiedCell, asked: Asked): string | null {
  const own = ownRebaselines(studied, asked);
  return own.length === 0 ? null : JSON.stringify(own);
}

/** Why a cell can't be judged, where nobody can tell where its evidence starts. */
export function rebaselineFaults(cell: Cell, kind: CellKind<unknown>, { rebaselines }: Asked): Problem[] {
  if (kind.watched === undefined || !isProblem(rebaselines)) return [];
  return [{ ...rebaselines, cell: cell.id, line: cell.line, column: 1 }];
}
