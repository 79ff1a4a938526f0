import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Annotation, Rebaseline } from "../monitor/life/model.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { Gathered } from "../run/alerts/gathered.ts";
import type { AlertKeeper, Kept } from "../run/alerts/keeper.ts";
import type {
  AlertAction,
  AlertsRequest,
  AlertView,
  AnnotationAction,
  AuditRequest,
  AuditView,
  ListedSeries,
  RecordedAlerts,
  UndoRequest,
} from "../run/alerts/view.ts";
import { writtenMark } from "../run/alerts/written.ts";
import type { Workspace } from "../run/workspace.ts";
import { actOnAlert, annotate, type When } from "./state/act.ts";
import type { Whose } from "./state/alerts-table.ts";
import { readRebaselines } from "./state/annotations-table.ts";
import { follow, movesTo } from "./state/follow.ts";
import { alertsView, alertView, auditView, changesSince, type Dated, NO_ALERTS } from "./state/look.ts";
import { record } from "./state/record.ts";
import { readStandings } from "./state/standings-table.ts";
import { State } from "./state/state.ts";
import { undo } from "./state/undo.ts";

const PAGE = 100;

/** A workspace's alerts, annotations and audit log, and whoever wants to know when they change. */
export class AlertBook implements AlertKeeper {
  private readonly state: State;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly workspace: Workspace,
    /** Milliseconds since 1970. */
    private readonly clock: () => number = Date.now,
  ) {
    this.state = new State(workspace);
  }

  view({ path, cell }: AlertsRequest): RecordedAlerts | Problem {
    const whose = { notebook: path ?? null, cell: cell ?? null };
    return this.state.read(NO_ALERTS, (state) => alertsView(state, whose, this.when().today));
  }

  act(id: string, action: AlertAction): AlertView | Problem {
    const when = this.when();
    const alert = this.told(this.state.write((state) => actOnAlert(state, id, action, when)));
    return isProblem(alert) ? alert : alertView(alert, when.today);
  }

  annotate(action: AnnotationAction): Annotation[] | Problem {
    return this.told(this.state.write((state) => annotate(state, action, this.when())));
  }

  /** Gives the number of the entry that says what was taken back. */
  undo({ entry }: UndoRequest): number | Problem {
    return this.told(this.state.write((state) => undo(state, entry ?? null, this.when())));
  }

  audit({ before = Number.MAX_SAFE_INTEGER, limit = PAGE }: AuditRequest): AuditView | Problem {
    return this.state.read({ entries: [], next: null }, (state) => auditView(state, { before, limit }));
  }

  /** What changed at a moment or since, in milliseconds since 1970. */
  changesSince(whose: Whose, since: number): Dated[] | Problem {
    return this.state.read([], (state) => changesSince(state, whose, since));
  }

  rebaselines(notebook: string): Rebaseline[] | Problem {
    return this.state.read([], (state) => readRebaselines(state, notebook));
  }

  /** The series of all monitors as they stood when these were recorded last. */
  standings(): ListedSeries[] | Problem {
    return this.state.read([], readStandings);
  }

  follow(notebook: string, text: string): void {
    const monitors = parseNotebook(text).cells.filter(({ kind }) => kind === "monitor");
    const now = { path: notebook, monitors: monitors.map((cell) => ({ cell: cell.id, written: writtenMark(cell) })) };
    const isThere = (path: string) => existsSync(join(this.workspace.root, path));
    const moves = this.state.read([], (state) => movesTo(now, state, isThere));
    // Whatever is wrong with the state is told by whoever reads it next.
    if (isProblem(moves) || moves.length === 0) return;
    this.told(
      this.state.write((state) => {
        const { at } = this.when();
        const still = movesTo(now, state, isThere);
        follow(state, still, at);
        return still;
      }),
    );
  }

  record(gathered: Gathered): Kept {
    // A notebook without monitors makes no state.
    const isAbout = gathered.cells.length > 0 || this.state.isThere;
    if (!isAbout) return { changes: [], problems: [] };
    const kept = this.state.write((state) => record(state, gathered, this.when()));
    if (isProblem(kept)) return { changes: [], problems: [kept] };
    if (kept.changes.length > 0) this.tell();
    return kept;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.state.close();
  }

  private when(): When {
    const at = this.clock();
    return { at, today: new Date(at).toISOString().slice(0, 10) };
  }

  private told<T extends object | number>(found: T | Problem): T | Problem {
    if (!isProblem(found)) this.tell();
    return found;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
