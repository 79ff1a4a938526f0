import type { Cell, Notebook, Problem } from "../../server/notebook/model.ts";
import { parseNotebook } from "../../server/notebook/parse.ts";
import { notebookTitle } from "../../server/notebook/title.ts";
import type {
  CellView,
  InputView,
  NotebookView,
  PlanRequest,
  PlanView,
  RenameView,
  StreamEvent,
} from "../../server/run/view.ts";
import type { Answer } from "./answer.ts";
import type { Api, MembersFile, MembersRequest } from "./api.ts";
import { Checker } from "./checker.ts";
import { ChosenInputs } from "./chosen-inputs.ts";
import { Cohorts } from "./cohort.ts";
import type { Decisions } from "./decisions.ts";
import type { Drafts } from "./drafts.ts";
import { Evidence } from "./evidence.ts";
import { dependentsOf } from "./graph.ts";
import type { InputValue, InputValues } from "./inputs.ts";
import { movedProblems } from "./moved-problems.ts";
import { NotebookFile } from "./notebook-file.ts";
import { Planner } from "./planner.ts";
import { Questions } from "./questions.ts";
import { Reruns } from "./reruns.ts";
import { Results } from "./results.ts";
import { Runner } from "./runner.ts";
import { TextHistory } from "./text-history.ts";
import type { Seen, Typing } from "./undo.ts";
import { Watchable } from "./watchable.ts";

/** One open notebook: its text, its plan, its runs and the values of its inputs. */
export class Session extends Watchable {
  readonly file: NotebookFile;
  readonly planner: Planner;
  readonly checker: Checker;
  readonly runner: Runner;
  readonly results: Results;
  readonly evidence: Evidence;
  readonly cohorts: Cohorts;
  readonly questions: Questions;
  readonly history: TextHistory;
  #notebook: Notebook;
  /** As the plan read it: the places of its problems are in that text. */
  #plannedNotebook: Notebook;
  /** What `cells` is made of is asked for by every cell of the page. */
  #cells: readonly CellView[] | null = null;
  readonly #inputs = new ChosenInputs(() => this.#notebook);
  #at: string | null = null;
  readonly #reruns = new Reruns(
    () => this.runner.running,
    (cells) => this.run(cells),
  );

  /** Files below the data folder, as far as they have been told. */
  dataFiles: readonly string[] = [];

  constructor(
    private readonly api: Api,
    drafts: Drafts,
    view: NotebookView,
    /** What was decided of the alerts of its monitors. */
    readonly decisions: Decisions,
  ) {
    super();
    this.file = new NotebookFile(api, drafts, view);
    this.history = new TextHistory(this.file, () => void this.planner.now());
    this.#notebook = parseNotebook(view.text);
    this.#plannedNotebook = this.#notebook;
    this.planner = new Planner(
      api,
      () => this.#planRequest(),
      () => this.file.text,
    );
    this.checker = new Checker(
      api,
      () => this.#planRequest(),
      () => this.#notebook.cells,
    );
    this.runner = new Runner(api, view.path);
    this.results = new Results(
      api,
      view.path,
      () => this.values,
      () => this.planner.soon(),
    );
    this.evidence = new Evidence(api, view.path, () => this.values);
    this.cohorts = new Cohorts(api, view.path, () => this.values);
    this.questions = new Questions(api, () => this.#planRequest());
    this.file.watch(() => this.#textChanged());
    this.planner.watch(() => this.#planned());
    this.checker.watch(() => this.changed());
    this.runner.watch(() => this.changed());
  }

  get path(): string {
    return this.file.path;
  }

  get notebook(): Notebook {
    return this.#notebook;
  }

  /** A cell as the plan read it; the cell itself where the plan has none of that id. */
  planned(cell: Cell): Cell {
    return this.#plannedNotebook.cells.find(({ id }) => id === cell.id) ?? cell;
  }

  get title(): string {
    return notebookTitle(this.#notebook) ?? this.path.replace(/^notebooks\//, "");
  }

  get plan(): PlanView | null {
    return this.planner.plan;
  }

  /** What the address said of inputs and does not hold, in words. */
  get addressFaults(): readonly string[] {
    return this.#inputs.faults;
  }

  forgetAddressFaults(): void {
    this.#inputs.forgetFaults();
    this.changed();
  }

  get values(): InputValues {
    return this.#inputs.values;
  }

  /** The plan's cells with what the present run says of them. */
  get cells(): readonly CellView[] {
    this.#cells ??= this.checker.over(
      this.runner.over(movedProblems(this.plan?.cells ?? [], this.#plannedNotebook, this.#notebook)),
    );
    return this.#cells;
  }

  protected override changed(): void {
    this.#cells = null;
    super.changed();
  }

  /** The id of the cell at hand; null where none is. */
  get at(): string | null {
    return this.#at;
  }

  goTo(id: string | null): void {
    if (id === this.#at) return;
    this.#at = id;
    this.changed();
  }

  cell(id: string): CellView | null {
    return this.cells.find((cell) => cell.id === id) ?? null;
  }

  /** Plans for the first time; values in the query are read once the inputs' types are known. */
  async open(query: string): Promise<void> {
    this.#inputs.address(query);
    await this.planner.now();
  }

  /** Typing: saved and planned by itself; what is typed in one place without a pause is taken back together. */
  type(text: string, { cell, where, how }: { cell: string | null; where: string; how: Typing["how"] }): void {
    const label = cell === null ? "Typing in the text" : `Typing in ${cell}`;
    this.history.type(text, { label, where, cell, how, at: performance.now() });
  }

  /** A change of the notebook that is not typing; `at` is the cell at hand afterwards. */
  change(label: string, text: string, { at }: { at: string | null } = { at: this.#at }): void {
    this.history.change(text, { label, from: this.#at, to: at });
  }

  /** A step in a view that no text has, such as muting; it is taken back in its turn. */
  look(label: string, seen: Seen): void {
    this.history.look(seen, { label, from: this.#at, to: this.#at });
    this.changed();
  }

  /** Gives a cell another id everywhere it is read; what came of it, or why it was not done. */
  async rename(from: string, to: string): Promise<RenameView | Problem> {
    for (;;) {
      const { text } = this.file;
      const renamed = await this.api.rename({ path: this.path, text, from, to });
      if (!renamed.ok) return renamed.problem;
      // Typed meanwhile: the answer is about another text.
      if (this.file.text !== text) continue;
      this.#inputs.renamed(from, to);
      this.change(`Renamed ${from} to ${to}`, renamed.value.text, { at: to });
      return renamed.value;
    }
  }

  /** Saves and runs cells with what they need, or everything that is stale. */
  async run(
    cells: readonly string[] | null,
    { recompute }: { recompute: boolean } = { recompute: false },
  ): Promise<void> {
    if (!(await this.file.save())) return;
    this.#reruns.asked(cells);
    const named = cells === null ? {} : { cells: [...cells] };
    const anew = !recompute ? {} : cells === null ? { noCache: true } : { recompute: [...cells] };
    await this.runner.start({ ...named, ...anew, set: { ...this.values }, first: this.#at });
  }

  /** Saves, runs what is stale, and records who is in which segment. */
  async refresh(): Promise<void> {
    if (!(await this.file.save())) return;
    this.#reruns.asked(null);
    await this.runner.start({ set: { ...this.values }, first: this.#at, refresh: true });
  }

  /** The notebook as it is saved with the results that it has, as one page. */
  exported(): Promise<Answer<Blob>> {
    return this.api.exported(this.path, this.values);
  }

  /** Sets an input: plans anew, and runs again what depends on it and showed a result. The last value wins. */
  async setInput(input: InputView, value: InputValue): Promise<void> {
    this.#reruns.outdated(dependentsOf(input.id, this.cells));
    this.#inputs.set(input, value);
    this.changed();
    await this.planner.now();
    this.#reruns.soon();
  }

  /** Saves, runs what is needed, and gives who is in a segment; null where it could not be saved. */
  async members(ask: Omit<MembersRequest, "path" | "set">): Promise<Answer<MembersFile> | null> {
    if (!(await this.file.save())) return null;
    return this.api.members({ ...ask, path: this.path, set: this.values });
  }

  hear(event: StreamEvent): void {
    // Which cells that makes stale, and why, is the plan's to say.
    // Where evidence starts anew may be elsewhere.
    if (event.type === "data" || event.type === "alerts") this.planner.soon();
    if (event.type === "data" || event.type === "alerts" || event.path !== this.path) return;
    if (event.type === "file") void this.#fileChanged(event.etag);
    if (event.type !== "run" && event.type !== "cell") return;
    this.runner.hear(event);
    if (event.type === "run" && event.state !== "started") void this.planner.now();
    if (event.type !== "cell" || event.cell.state !== "fresh") return;
    // It is seen at once: a plan that would say so may be overtaken by one for other values.
    this.#reruns.shown(event.cell.id);
    // What a cell yields is known to the next plan; its rows are shown before the run has ended.
    this.planner.soon();
  }

  /** After a time without the event stream: what the file, the cells and the run are now. */
  async catchUp(): Promise<void> {
    this.runner.lost();
    await this.#fileChanged(null);
    void this.file.save();
    await this.planner.now();
  }

  close(): void {
    this.file.close();
    this.planner.close();
    this.checker.close();
    this.#reruns.close();
  }

  #planRequest(): PlanRequest {
    const unsaved = this.file.status === "saved" ? {} : { text: this.file.text };
    return { path: this.path, ...unsaved, set: { ...this.values } };
  }

  #textChanged(): void {
    if (this.#notebook.text !== this.file.text) {
      this.#notebook = parseNotebook(this.file.text);
      this.planner.soon();
    }
    this.changed();
  }

  #planned(): void {
    const { planned } = this.planner;
    if (planned !== this.#plannedNotebook.text) {
      this.#plannedNotebook = planned === this.#notebook.text ? this.#notebook : parseNotebook(planned);
    }
    if (this.plan !== null) this.checker.soon();
    if (this.plan !== null && this.#inputs.read(this.plan.inputs)) void this.planner.now();
    for (const cell of this.plan?.cells ?? []) if (cell.state === "fresh") this.#reruns.shown(cell.id);
    this.changed();
  }

  async #fileChanged(etag: string | null): Promise<void> {
    // A save of our own changes the file as well; its reply says what it is then called.
    if (this.file.state.flight !== null) await this.file.save();
    if (etag === this.file.state.disk.etag) return;
    const current = await this.api.notebook(this.path, new AbortController().signal);
    if (!current.ok) return;
    const before = this.file.text;
    this.file.found(current.value);
    this.history.carry(before);
  }
}
