import type { Edited } from "../../server/notebook/edit/target.ts";
import { kindOnPage } from "../cells/kinds.ts";
import { surroundingsOf } from "../notebook/surroundings.ts";
import type { SegNotebook } from "../notebook/view.ts";
import { ruleAddition } from "../state/rule-addition.ts";
import type { Session } from "../state/session.ts";
import { addition, type Change, deletion, duplication, movement, proseAddition } from "../state/structure.ts";
import type { Workbench } from "../state/workbench.ts";
import type { Command } from "./keys.ts";

const FIRST_IDS: Readonly<Record<string, string>> = {
  input: "value",
  source: "data",
  sql: "query",
  transform: "shaped",
};

/** What the reader does to cells, by keys, menus and the palette; each change can be taken back. */
export class CellCommands {
  constructor(
    private readonly bench: Workbench,
    private readonly notebook: () => SegNotebook | null,
  ) {}

  readonly hands = {
    goToCell: (id: string): void => void this.notebook()?.show(id, "start"),
    runCell: (id: string): void => void this.#session?.run([id]),
    addCell: (kind: string, after: string | null): void => this.#add(kind, after),
    undo: (): void => this.#undo(),
  };

  readonly runAsked = (event: CustomEvent<{ cell: string; next: boolean }>): void => {
    this.#run(event.detail.cell, { next: event.detail.next });
  };

  readonly actionAsked = (event: CustomEvent<{ cell: string; action: string }>): void => {
    const session = this.#session;
    if (session === null) return;
    const { cell, action } = event.detail;
    if (action === "recompute") void session.run([cell], { recompute: true });
    if (action === "up" || action === "down") this.#change(movement(session.notebook, cell, action));
    if (action === "duplicate") this.#change(duplication(session.notebook, cell));
    if (action === "delete") this.#change(deletion(session.notebook, cell));
  };

  readonly addAsked = (event: CustomEvent<{ kind: string; after: string | null }>): void => {
    this.#add(event.detail.kind, event.detail.after);
  };

  /** A change that an output makes in its cell's text, such as another cut; the cell is run again. */
  readonly changeAsked = (event: CustomEvent<{ label: string; text: Edited; run: string }>): void => {
    const { label, text, run } = event.detail;
    this.#change({ label, text, at: null });
    if (typeof text === "string") void this.#session?.run([run]);
  };

  /** A cluster's rule becomes a segment. */
  readonly segmentAsked = (event: CustomEvent<{ cell: string; name: string; rule: string }>): void => {
    const session = this.#session;
    if (session !== null) this.#change(ruleAddition(session, event.detail));
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
    return command === "palette" || command === "help" || this.#session !== null;
  }

  obey(command: Command): void {
    const session = this.#session;
    if (session === null) return;
    if (command === "run-stale") void session.run(null);
    if (command === "save") void session.file.save();
    if (command === "undo") this.#undo();
    if (command === "next-cell") this.#step(1);
    if (command === "previous-cell") this.#step(-1);
    if (session.at === null) return;
    if (command === "run-cell") this.#run(session.at, { next: false });
    if (command === "run-and-next") this.#run(session.at, { next: true });
    if (command === "edit-cell") void this.notebook()?.cell(session.at)?.edit();
  }

  get #session(): Session | null {
    return this.notebook()?.session ?? null;
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

  #add(kind: string, after: string | null): void {
    const session = this.#session;
    if (session === null) return;
    if (kind === "prose") {
      this.#change(proseAddition(session.notebook, "Words about what comes next.", after));
      return;
    }
    const template = kindOnPage(kind)?.template(surroundingsOf(session, this.bench.workspace)) ?? "";
    const id = FIRST_IDS[kind] ?? kind;
    this.#change(addition(session.notebook, { kind, id, body: template, after }));
  }

  #change({ label, text, at }: Change): void {
    const session = this.#session;
    if (session === null) return;
    if (typeof text !== "string") {
      this.bench.notices.warn(`${text.message} ${text.hint}`);
      return;
    }
    session.change(label, text);
    this.bench.notices.say(`${label}.`, { label: "Undo", act: () => this.#undo() });
    if (at !== null) void this.notebook()?.show(at);
  }

  #undo(): void {
    const label = this.#session?.undo() ?? null;
    this.bench.notices.say(label === null ? "There is nothing to take back." : `Taken back: ${label}.`);
  }
}
