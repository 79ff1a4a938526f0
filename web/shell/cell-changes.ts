import { isProblem } from "../../server/notebook/is-problem.ts";
import type { Cell, Problem } from "../../server/notebook/model.ts";
import { kindOnPage } from "../cells/kinds.ts";
import { surroundingsOf } from "../notebook/surroundings.ts";
import type { SegNotebook } from "../notebook/view.ts";
import type { Session } from "../state/session.ts";
import {
  addition,
  bodyChange,
  type Change,
  deletion,
  duplication,
  kindChange,
  movement,
  placement,
  proseAddition,
} from "../state/structure.ts";
import type { Turned } from "../state/text-history.ts";
import type { Workbench } from "../state/workbench.ts";
import { Clipboard } from "./clipboard.ts";

const FIRST_IDS: Readonly<Record<string, string>> = {
  input: "value",
  source: "data",
  sql: "query",
  transform: "shaped",
};

/** Changes of the notebook's cells; each is said, and can be taken back. */
export class CellChanges {
  readonly #clipboard = new Clipboard();

  constructor(
    private readonly bench: Workbench,
    private readonly notebook: () => SegNotebook | null,
  ) {}

  /** Adds a cell of a kind, filled from what the notebook has, or a paragraph; its text gets the focus. */
  async add(kind: string, after: string | null): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    if (kind === "prose") {
      if (this.make(proseAddition(session.notebook, "Words about what comes next.", after), { isShown: false }))
        await this.notebook()?.editProse(after);
      return;
    }
    const body = this.#template(session, kind, after);
    const change = addition(session.notebook, { kind, id: FIRST_IDS[kind] ?? kind, body, after });
    if (!this.make(change) || change.at === null) return;
    await this.notebook()?.show(change.at);
    await this.notebook()?.cell(change.at)?.edit();
  }

  /** Moves a cell past its neighbour; settles once it is shown there. */
  async move(id: string, direction: "up" | "down"): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    const change = movement(session.notebook, id, direction);
    // At the notebook's end there is nothing to say.
    if (change.text === session.notebook.text || !this.make(change, { isShown: false })) return;
    await this.notebook()?.show(id);
  }

  /** Puts a cell after another, or with null before the first. */
  place(id: string, after: string | null): void {
    const session = this.#session;
    if (session === null) return;
    const change = placement(session.notebook, id, after);
    if (change.text !== session.notebook.text) this.make(change);
  }

  duplicate(id: string): void {
    const session = this.#session;
    if (session !== null) this.make(duplication(session.notebook, id));
  }

  delete(id: string): void {
    const session = this.#session;
    if (session !== null) this.make(deletion(session.notebook, id));
  }

  copy(cell: Cell): void {
    this.#clipboard.keep(cell);
    this.bench.notices.say(`Copied ${cell.id}.`);
  }

  cut(cell: Cell): void {
    const session = this.#session;
    if (session === null) return;
    this.#clipboard.keep(cell);
    this.make({ ...deletion(session.notebook, cell.id), label: `Cut ${cell.id}` });
  }

  paste(after: string | null): void {
    const session = this.#session;
    const { cell } = this.#clipboard;
    if (session === null) return;
    if (cell === null) this.bench.notices.say("No cell has been copied yet.");
    else this.make(addition(session.notebook, { ...cell, after }));
  }

  /** Gives a cell another id everywhere; what is wrong, or null. */
  async rename(from: string, to: string): Promise<Problem | null> {
    const session = this.#session;
    if (session === null) return null;
    const renamed = await session.rename(from, to);
    if (isProblem(renamed)) return renamed;
    this.notebook()?.folds?.follow(from, to);
    const { readers, left, prose } = renamed;
    const where =
      readers.length === 0
        ? ""
        : `, also in ${readers.length === 1 ? readers[0] : `${readers.length} cells that read it`}`;
    this.#say(`Renamed ${from} to ${to}${where}.`);
    for (const { cell, why } of left) this.bench.notices.warn(`${cell}: ${why}`);
    if (prose !== null) this.#offerProse(session, { from, to, text: renamed.text, prose });
    await this.notebook()?.show(to);
    return null;
  }

  /** Makes a cell another kind. What its text says that the new kind does not know is told, and the kind's template offered. */
  async changeKind(id: string, kind: string): Promise<void> {
    const session = this.#session;
    if (session === null || !this.make(kindChange(session.notebook, id, kind))) return;
    const plan = await session.planner.now();
    const wrong = plan?.cells.find((cell) => cell.id === id)?.problems.filter((one) => one.severity === "error") ?? [];
    const [first] = wrong;
    if (first === undefined) return;
    const others = wrong.length === 1 ? "" : ` (and ${wrong.length - 1} more)`;
    this.bench.notices.say(`Its text does not fit a ${kind} cell${others}: ${first.message}`, {
      label: "Use a template",
      act: () => this.make(bodyChange(session.notebook, id, this.#template(session, kind, id))),
    });
  }

  undo(): void {
    const redo = { label: "Redo", act: () => this.redo() };
    const words = { said: "Taken back", none: "There is nothing to take back." };
    this.#turned(this.#session?.history.undo() ?? null, words, redo);
  }

  redo(): void {
    const undo = { label: "Undo", act: () => this.undo() };
    const words = { said: "Done again", none: "There is nothing to do again." };
    this.#turned(this.#session?.history.redo() ?? null, words, undo);
  }

  /** Makes a change and says it; false where it could not be made. */
  make({ label, text, at }: Change, { isShown }: { isShown: boolean } = { isShown: true }): boolean {
    const session = this.#session;
    if (session === null) return false;
    if (typeof text !== "string") {
      this.bench.notices.warn(`${text.message} ${text.hint}`);
      return false;
    }
    session.change(label, text, { at: at ?? session.at });
    this.#say(`${label}.`);
    if (at !== null && isShown) void this.notebook()?.show(at);
    return true;
  }

  get #session(): Session | null {
    return this.notebook()?.session ?? null;
  }

  #template(session: Session, kind: string, after: string | null): string {
    return kindOnPage(kind)?.template(surroundingsOf(session, this.bench.workspace, after)) ?? "";
  }

  #say(text: string): void {
    this.bench.notices.say(text, { label: "Undo", act: () => this.undo() });
  }

  /** Words are the author's: they are changed only when asked. */
  #offerProse(
    session: Session,
    { from, to, text, prose }: { from: string; to: string; text: string; prose: { text: string; places: number } },
  ): void {
    const times = prose.places === 1 ? "once" : `${prose.places} times`;
    this.bench.notices.say(`Renamed ${from} to ${to}. The text between the cells still names ${from} ${times}.`, {
      label: "Change it there too",
      act: () => {
        // Only as long as nothing else was changed since.
        if (session.file.text === text)
          this.make({ label: `Changed ${from} to ${to} in the text`, text: prose.text, at: null });
        else this.bench.notices.say("The notebook has changed since. Find in the notebook (Ctrl-F) shows the places.");
      },
    });
  }

  #turned(
    turned: Turned | null,
    { said, none }: { said: string; none: string },
    back: { label: string; act: () => void },
  ): void {
    if (turned === null) this.bench.notices.say(none);
    else this.bench.notices.say(`${said}: ${turned.label}.`, back);
    const at = turned?.at ?? null;
    if (at === null) return;
    const cell = this.notebook()?.cell(at) ?? null;
    // Whoever is writing in the cell goes on writing.
    if (cell === null || !cell.matches(":focus-within")) void this.notebook()?.show(at);
  }
}
