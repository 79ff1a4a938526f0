import type { Annotation, AuditEntry, Scope } from "../../monitor/life/model.ts";
import { readAnnotations, writeAnnotation } from "./annotations-table.ts";
import { note } from "./audit-table.ts";
import type { Connection } from "./open.ts";
import { annotationShape, readJson } from "./shapes.ts";

/** A monitor, with what stands for its text. */
export interface WrittenMonitor {
  readonly cell: string;
  readonly written: string;
}

export interface Notebook {
  readonly path: string;
  /** Those that it has now. */
  readonly monitors: readonly WrittenMonitor[];
}

interface Place {
  readonly notebook: string;
  readonly cell: string;
}

interface Move {
  readonly from: Place;
  readonly to: Place;
}

/**
 * Which recorded monitors are those of a notebook under another name: all of the one notebook whose file is not there any more,
 * where nothing was recorded of this one and a monitor of theirs has the same id and text; and of its own, each that has
 * another id and the same text. Where several could be meant, none is.
 */
export function movesTo(
  { path, monitors }: Notebook,
  state: Connection,
  isThere: (notebook: string) => boolean,
): readonly Move[] {
  const recorded = recordedOf(state);
  const own = recorded.filter(({ notebook }) => notebook === path);
  if (own.length > 0) return renamed(path, own, monitors);
  const isSame = (one: WrittenMonitor) =>
    one.written !== "" && monitors.some(({ cell, written }) => cell === one.cell && written === one.written);
  const gone = [...new Set(recorded.filter(isSame).map(({ notebook }) => notebook))].filter((one) => !isThere(one));
  const [from] = gone;
  if (from === undefined || gone.length > 1) return [];
  return recorded
    .filter(({ notebook }) => notebook === from)
    .map(({ cell }) => ({ from: { notebook: from, cell }, to: { notebook: path, cell } }));
}

function renamed(path: string, own: readonly WrittenMonitor[], monitors: readonly WrittenMonitor[]): Move[] {
  const lost = own.filter(({ cell, written }) => written !== "" && !monitors.some((one) => one.cell === cell));
  const added = monitors.filter(({ cell }) => !own.some((one) => one.cell === cell));
  return lost.flatMap(({ cell, written }) => {
    const alike = added.filter((one) => one.written === written);
    const [to] = alike;
    const isOnly = alike.length === 1 && lost.filter((one) => one.written === written).length === 1;
    if (to === undefined || !isOnly) return [];
    return [{ from: { notebook: path, cell }, to: { notebook: path, cell: to.cell } }];
  });
}

function recordedOf(state: Connection): (Place & WrittenMonitor)[] {
  return state.prepare("SELECT notebook, cell, written FROM monitors ORDER BY notebook, cell").all() as (Place &
    WrittenMonitor)[];
}

const TABLES = ["monitors", "incidents", "alerts", "judged", "standings"];

/** Gives all that is recorded and was said of monitors to their new names. */
export function follow(state: Connection, moves: readonly Move[], at: number): void {
  for (const { from, to } of moves) {
    for (const table of TABLES) {
      state
        .prepare(`UPDATE ${table} SET notebook = ?, cell = ? WHERE notebook = ? AND cell = ?`)
        .run(to.notebook, to.cell, from.notebook, from.cell);
    }
  }
  const moved = (scope: Scope): Scope => {
    const move = moves.find(({ from }) => from.notebook === scope.notebook && (scope.cell ?? from.cell) === from.cell);
    // What is said of a whole notebook goes where that went, and stays where one of its cells has another name.
    if (move === undefined || (scope.cell === null && move.to.notebook === scope.notebook)) return scope;
    return { ...scope, notebook: move.to.notebook, cell: scope.cell === null ? null : move.to.cell };
  };
  const inPlace = (annotation: Annotation): Annotation => ({ ...annotation, scope: moved(annotation.scope) });
  for (const annotation of readAnnotations(state)) {
    const now = inPlace(annotation);
    if (JSON.stringify(now) !== JSON.stringify(annotation)) writeAnnotation(state, annotation.id, now);
  }
  followInAudit(state, inPlace);
  for (const text of new Set(moves.map(sentence)))
    note(state, {
      at,
      act: "record" satisfies AuditEntry["act"],
      subject: null,
      text,
      before: null,
      after: null,
      undoes: null,
    });
}

/** What an entry left is what it is compared with before it is taken back. */
function followInAudit(state: Connection, inPlace: (annotation: Annotation) => Annotation): void {
  const rows = state.prepare("SELECT id, before, after FROM audit WHERE kind = 'annotation'").all() as {
    id: number;
    before: string | null;
    after: string | null;
  }[];
  const put = state.prepare("UPDATE audit SET before = ?, after = ? WHERE id = ?");
  const now = (kept: string | null) =>
    kept === null ? null : JSON.stringify(inPlace(readJson(annotationShape, kept)));
  for (const { id, before, after } of rows) put.run(now(before), now(after), id);
}

function sentence({ from, to }: Move): string {
  if (from.notebook !== to.notebook) return `The monitors of ${from.notebook} are those of ${to.notebook} now`;
  return `The monitor ${from.cell} of ${from.notebook} is ${to.cell} now`;
}
