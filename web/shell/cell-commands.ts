import type { Edited } from "../../server/notebook/edit/target.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { SegNotebook } from "../notebook/view.ts";
import type { SegmentPanel } from "../segments/segment-actions.ts";
import { ruleAddition } from "../state/rule-addition.ts";
import type { Session } from "../state/session.ts";
import type { Change } from "../state/structure.ts";
import type { Workbench } from "../state/workbench.ts";
import { CellChanges } from "./cell-changes.ts";
import type { Command } from "./keys.ts";
import { ProblemWalk } from "./problem-walk.ts";

interface CellAction {
  readonly cell: string;
  readonly action: string;
  /** Called once it is done. */
  readonly done?: () => void;
}

/** What the reader does to cells, by keys, menus and the palette. */
export class CellCommands {
  readonly changes: CellChanges;

  constructor(
    private readonly bench: Workbench,
    private readonly notebook: () => SegNotebook | null,
    /** Asks for the kind of a cell to be added after another; null is before the first. */
    private readonly askKind: (after: string | null) => void,
  ) {
    this.changes = new CellChanges(bench, notebook);
  }

  readonly hands = {
    goToCell: (id: string): void => void this.notebook()?.show(id, "start"),
    runCell: (id: string): void => void this.#session?.run([id]),
    addCell: (kind: string, after: string | null): void => void this.changes.add(kind, after),
    obey: (command: Command): void => this.obey(command),
    segments: {
      make: (change: Change): void => void this.changes.make(change, { isShown: false }),
      open: (cell: string, entry: SegmentPanel, segment: string): void =>
        void this.notebook()?.openSegment({ cell, entry, segment }),
    },
  };

  readonly runAsked = (event: CustomEvent<{ cell: string; next: boolean }>): void => {
    this.#run(event.detail.cell, { next: event.detail.next });
  };

  readonly actionAsked = (event: CustomEvent<CellAction>): void => {
    const { cell, action, done } = event.detail;
    this.#actions[action]?.(cell, done);
  };

  readonly addAsked = (event: CustomEvent<{ kind: string; after: string | null }>): void => {
    void this.changes.add(event.detail.kind, event.detail.after);
  };

  readonly placeAsked = (event: CustomEvent<{ cell: string; after: string | null }>): void => {
    this.changes.place(event.detail.cell, event.detail.after);
  };

  readonly kindAsked = (event: CustomEvent<{ cell: string; kind: string }>): void => {
    void this.changes.changeKind(event.detail.cell, event.detail.kind);
  };

  readonly renameAsked = async (
    event: CustomEvent<{ cell: string; to: string; done: (problem: Problem | null) => void }>,
  ): Promise<void> => {
    const { cell, to, done } = event.detail;
    done(await this.changes.rename(cell, to));
  };

  /** A change that an output makes in its cell's text, such as another cut; what it shows is run again. */
  readonly changeAsked = (
    event: CustomEvent<{ label: string; text: Edited; run: string | readonly string[] }>,
  ): void => {
    const { label, text, run } = event.detail;
    if (this.changes.make({ label, text, at: null })) void this.#session?.run(typeof run === "string" ? [run] : run);
  };

  readonly replaceAsked = (event: CustomEvent<{ label: string; text: string }>): void => {
    this.changes.make({ ...event.detail, at: null });
  };

  /** Any other change of the notebook, of which a new cell is shown; an edit that could not be made is said. */
  readonly makeAsked = (event: CustomEvent<Change>): void => {
    const { at } = event.detail;
    const isNew = at !== null && this.#session?.cells.every(({ id }) => id !== at) === true;
    this.changes.make(event.detail, { isShown: isNew });
  };

  /** A cluster's rule becomes a segment. */
  readonly segmentAsked = (event: CustomEvent<{ cell: string; name: string; rule: string }>): void => {
    const session = this.#session;
    if (session !== null) this.changes.make(ruleAddition(session, event.detail));
  };

  /** A link within the workspace: to another notebook. */
  readonly followAsked = (event: CustomEvent<{ href: string }>): void => {
    const { route } = this.bench.place;
    if (route.page !== "notebook") return;
    const target = new URL(event.detail.href, new URL(`/${route.path}`, location.origin));
    if (target.origin !== location.origin || !target.pathname.startsWith("/notebooks/")) return;
    const path = decodeURIComponent(target.pathname.slice(1));
    this.bench.place.go({ page: "notebook", path, cell: target.hash.slice(1) || null });
  };

  /** Whether a command means something on the page as it is. */
  fits(command: Command): boolean {
    if (command === "palette" || command === "help") return true;
    if (this.#session === null) return command === "undo" && this.#canTakeBack;
    return this.#session.file.readOnly ? !CHANGES.has(command) : true;
  }

  obey(command: Command): void {
    const session = this.#session;
    if (session === null && command === "undo" && this.#canTakeBack) void this.bench.decisions.takeBack();
    if (session === null) return;
    const { at } = session;
    this.#commands[command]?.(session);
    if (at !== null) this.#onCell[command]?.(at);
  }

  /** Whether this is a page of the monitor, and something was decided there. */
  get #canTakeBack(): boolean {
    const { page } = this.bench.place.route;
    return (page === "monitor" || page === "series") && this.bench.alerts.view?.undoable != null;
  }

  get #session(): Session | null {
    return this.notebook()?.session ?? null;
  }

  readonly #walk = new ProblemWalk();

  /** Those that need no cell. */
  readonly #commands: Partial<Record<Command, (session: Session) => void>> = {
    "run-stale": (session) => void session.run(null),
    save: (session) => void session.file.save(),
    find: () => this.notebook()?.find(),
    undo: () => this.changes.undo(),
    redo: () => this.changes.redo(),
    "next-problem": (session) => this.#problem(session, 1),
    "previous-problem": (session) => this.#problem(session, -1),
    "next-cell": () => this.#step(1),
    "previous-cell": () => this.#step(-1),
    "add-above": (session) => this.askKind(before(session)),
    "add-below": (session) => this.askKind(session.at ?? lastOf(session)),
    "paste-cell": (session) => this.changes.paste(session.at ?? lastOf(session)),
    "fold-all": () => this.notebook()?.foldAll(),
  };

  /** Those that are about the cell at hand. */
  readonly #onCell: Partial<Record<Command, (id: string) => void>> = {
    "run-cell": (id) => this.#run(id, { next: false }),
    "run-and-next": (id) => this.#run(id, { next: true }),
    "run-and-insert": (id) => {
      this.#run(id, { next: false });
      this.askKind(id);
    },
    "edit-cell": (id) => void this.notebook()?.cell(id)?.edit(),
    "rename-cell": (id) => void this.notebook()?.cell(id)?.rename(),
    "change-kind": (id) => void this.notebook()?.cell(id)?.chooseKind(),
    "duplicate-cell": (id) => this.changes.duplicate(id),
    "delete-cell": (id) => this.changes.delete(id),
    "move-up": (id) => void this.changes.move(id, "up"),
    "move-down": (id) => void this.changes.move(id, "down"),
    "copy-cell": (id) => this.#withCell(id, (cell) => this.changes.copy(cell)),
    "cut-cell": (id) => this.#withCell(id, (cell) => this.changes.cut(cell)),
    "explain-cell": (id) => this.notebook()?.cell(id)?.explain(),
    "fold-cell": (id) => this.notebook()?.cell(id)?.foldAll(),
  };

  /** What a cell's own menu and handle ask for. */
  readonly #actions: Readonly<Record<string, (id: string, done?: () => void) => void>> = {
    recompute: (id) => void this.#session?.run([id], { recompute: true }),
    up: (id, done) => void this.changes.move(id, "up").then(done),
    down: (id, done) => void this.changes.move(id, "down").then(done),
    duplicate: (id) => this.changes.duplicate(id),
    delete: (id) => this.changes.delete(id),
    copy: (id) => this.#withCell(id, (cell) => this.changes.copy(cell)),
    cut: (id) => this.#withCell(id, (cell) => this.changes.cut(cell)),
    paste: (id) => this.changes.paste(id),
    rename: (id) => void this.notebook()?.cell(id)?.rename(),
    kind: (id) => void this.notebook()?.cell(id)?.chooseKind(),
    explain: (id) => this.notebook()?.cell(id)?.explain(),
    output: (id) => this.notebook()?.cell(id)?.foldOutput(),
  };

  #problem(session: Session, by: 1 | -1): void {
    const found = this.#walk.step(session, by);
    if (found === null) this.bench.notices.say("No problems are known.");
    else
      void this.notebook()
        ?.show(found.cell)
        .then(() => this.notebook()?.cell(found.cell)?.goTo(found.problem));
  }

  #withCell(id: string, act: (cell: Session["notebook"]["cells"][number]) => void): void {
    const cell = this.#session?.notebook.cells.find((one) => one.id === id);
    if (cell !== undefined) act(cell);
  }

  #run(id: string, { next }: { next: boolean }): void {
    void this.#session?.run([id]);
    if (next) this.#step(1);
  }

  #step(by: 1 | -1): void {
    const session = this.#session;
    if (session === null) return;
    const ids = session.notebook.cells.map((cell) => cell.id);
    const place = session.at === null ? (by === 1 ? -1 : ids.length) : ids.indexOf(session.at);
    const id = ids[Math.min(ids.length - 1, Math.max(0, place + by))];
    if (id !== undefined) void this.notebook()?.show(id);
  }
}

const CHANGES: ReadonlySet<Command> = new Set([
  ...(["rename-cell", "change-kind", "add-above", "add-below", "run-and-insert", "duplicate-cell"] as const),
  ...(["delete-cell", "cut-cell", "paste-cell", "move-up", "move-down", "undo", "redo"] as const),
]);

function lastOf(session: Session): string | null {
  return session.notebook.cells.at(-1)?.id ?? null;
}

/** The cell before the one at hand. */
function before(session: Session): string | null {
  const ids = session.notebook.cells.map((cell) => cell.id);
  return session.at === null ? null : (ids[ids.indexOf(session.at) - 1] ?? null);
}
