import type { CellKind, EventDefinition, KnownSegment, Read, Reading, Study } from "../cells/kind.ts";
import { kindOf } from "../cells/kinds.ts";
import type { SourceBody } from "../cells/source/schema.ts";
import { Cancelled } from "../engine/engine.ts";
import type { Column } from "../language/vocabulary.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import { keptKeyType } from "../segments/membership/model.ts";
import { clusterNumbers } from "./clusters/known.ts";
import { cycleFault } from "./cycle-fault.ts";
import { keyedParts } from "./keyed-parts.ts";
import { knownSegments } from "./known-segments.ts";
import type { Lock } from "./lock/model.ts";
import type { LockFault } from "./lock/read.ts";
import { HISTORY, type KnownHistory, knownHistory } from "./membership/known.ts";
import { areAnsweredAlike, traced } from "./questions.ts";
import { rebaselineFaults } from "./rebaselines.ts";
import { Recall, studyAt } from "./recall.ts";
import { nothingRecorded, type Recorded } from "./recorded.ts";
import { RelationNames } from "./relation-names.ts";
import { columnsOf, isFaulty, partOf, problemMaker, type StudiedCell, type StudiedPart } from "./studied.ts";
import { studyContext } from "./study-context.ts";
import type { StudyRequest } from "./study-request.ts";
import { unexpected } from "./unexpected.ts";
import { Waits } from "./waits.ts";

interface Found {
  readonly study: Study;
  readonly recorded: Recorded;
}

/** Finds, without running anything, what every cell reads, what it will yield, and the key of each result. */
export class Studies {
  readonly names: RelationNames;
  readonly waits = new Waits();
  private readonly recall: Recall;
  private readonly readings = new Map<Cell, Reading<unknown>>();
  private readonly memo = new Map<Cell, Promise<StudiedCell>>();
  private readonly events = new Map<Cell, readonly EventDefinition[]>();
  private recorded: Promise<KnownHistory | Problem> | null = null;
  private locked: Promise<Lock | LockFault | null> | null = null;
  private segments: Promise<readonly { readonly of: Cell; readonly known: readonly KnownSegment[] }[]> | null = null;

  constructor(readonly request: StudyRequest) {
    const { cells } = request.notebook;
    this.recall = new Recall(request);
    for (const [cell, studied] of request.settled ?? []) this.memo.set(cell, Promise.resolve(studied));
    for (const cell of cells) {
      const kind = kindOf(cell.kind);
      if (kind !== null) this.readings.set(cell, this.recall.reading(kind, cell));
    }
    this.names = new RelationNames(cells, this.readings);
  }

  /** Cells wait for those that they read, and for nobody else. */
  async all(): Promise<StudiedCell[]> {
    return Promise.all(this.request.notebook.cells.map((cell) => this.of(cell)));
  }

  of(cell: Cell): Promise<StudiedCell> {
    const known = this.memo.get(cell);
    if (known !== undefined) return known;
    const studied = this.study(cell);
    this.memo.set(cell, studied);
    return studied;
  }

  /** The cell and the part that hold a relation; null where no cell yields it. */
  async holder(name: string): Promise<{ studied: StudiedCell; part: StudiedPart | null; suffix: string } | null> {
    const home = this.names.home(name);
    if (home === null) return null;
    const studied = await this.of(home.cell);
    return { studied, part: partOf(studied, home.suffix), suffix: home.suffix };
  }

  /** The relation `membership`, read once a plan. */
  history(): Promise<KnownHistory | Problem> {
    const { historyFolder: folder, notebook, isRefresh, signal } = this.request;
    const { entity } = notebook.head;
    this.recorded ??= knownHistory({ folder, entity, isRefresh, signal, keyType: () => this.keyType(entity) });
    return this.recorded;
  }

  /** The lock beside the notebook, read once a plan; null where there is none. */
  lock(): Promise<Lock | LockFault | null> {
    this.locked ??= this.request.readLock();
    return this.locked;
  }

  /** Columns of `membership`; null where it can't be read. */
  async recordedColumns(): Promise<readonly Column[] | null> {
    const known = await this.history();
    return "code" in known ? null : known.columns;
  }

  /** The events that a cell's rows are; only sources have any. */
  definitions(cell: Cell): readonly EventDefinition[] {
    const known = this.events.get(cell);
    if (known !== undefined) return known;
    const kind = this.readable(cell);
    const found = kind?.kind.events?.(kind.read.body) ?? [];
    this.events.set(cell, found);
    return found;
  }

  async segmentsBut(own: Cell): Promise<KnownSegment[]> {
    const { cells } = this.request.notebook;
    this.segments ??= Promise.all(cells.map(async (cell) => ({ of: cell, known: await this.segmentsOf(cell) })));
    return (await this.segments).flatMap(({ of, known }) => (of === own ? [] : known));
  }

  private async segmentsOf(cell: Cell): Promise<KnownSegment[]> {
    const found = this.names.cell(cell.id) === cell ? this.readable(cell) : null;
    return found === null ? [] : knownSegments(cell, found, this);
  }

  private readable(cell: Cell): { kind: CellKind<unknown>; read: Read<unknown> } | null {
    const kind = kindOf(cell.kind);
    const reading = this.readings.get(cell);
    return kind === null || !reading?.ok ? null : { kind, read: reading.value };
  }

  private async study(cell: Cell): Promise<StudiedCell> {
    const { notebook, held } = this.request;
    const kind = kindOf(cell.kind);
    const reading = this.readings.get(cell);
    const clash = this.names.clash(cell);
    const own = [...(this.request.cellProblems.get(cell) ?? []), ...(clash === null ? [] : [clash])];
    const idle: StudiedCell = {
      ...{ cell, kind, reading: null, study: null, problems: own, parts: [] },
      ...{ relations: [], inputs: [], usesTime: false, files: new Map(), blockedBy: [] },
      ...{ history: "none", numbers: [] },
    };
    if (kind === null || reading === undefined) return idle;
    if (!reading.ok) return this.unread(idle, reading);
    if (this.names.cell(cell.id) !== cell) return { ...idle, reading: reading.value };
    const { study, recorded } = await this.studied(kind, cell, reading.value);
    const usesTime = study.usesTime || recorded.inputs.has("as_of");
    const momentsInput = usesTime ? /^\$(.*)/.exec(notebook.head.as_of)?.[1] : undefined;
    const values = [...recorded.inputs].filter((id) => id !== "as_of");
    const isUnwell = await this.areUnwell(values);
    // What an input without a value leads to is no fault of the cell's.
    const found = cycleFault(cell, this.waits) ?? (isUnwell ? [] : study.problems);
    const problems = [...own, ...found, ...rebaselineFaults(cell, kind, this.request)];
    const base: StudiedCell = {
      ...{ ...idle, reading: reading.value, study, problems, files: recorded.files },
      relations: [...recorded.relations],
      history: !recorded.relations.has(HISTORY) ? "none" : recorded.wholly.has(HISTORY) ? "whole" : "past",
      inputs: [...new Set(momentsInput === undefined ? values : [...values, momentsInput])],
      usesTime,
      numbers: study.follows === undefined ? [] : await clusterNumbers(cell.id, this),
    };
    const blockedBy = held === null ? await this.blockers(base) : [held];
    if (isFaulty(problems) || blockedBy.length > 0) return { ...base, blockedBy };
    return { ...base, parts: await keyedParts(this, base, recorded) };
  }

  /** A cell whose body can't be read; where an input in it has no value, that is not the cell's own fault. */
  private async unread(idle: StudiedCell, reading: Reading<unknown> & { ok: false }): Promise<StudiedCell> {
    const inputs = reading.inputs.filter((id) => id !== "as_of");
    if (!(await this.areUnwell(inputs))) return { ...idle, inputs, problems: [...idle.problems, ...reading.problems] };
    return { ...idle, inputs, blockedBy: await this.blockers({ ...idle, inputs }) };
  }

  /**
   * Makes sure of a study that came from the disk, which somebody else may have written, before its cell is run; gives
   * the body to run with, or what is wrong.
   */
  async confirmed(studied: StudiedCell): Promise<Read<unknown> | Problem[]> {
    const { cell, kind, reading, study, relations, files } = studied;
    if (kind === null || reading === null || study === null) throw new Error(`the cell ${cell.id} can't run`);
    if (this.recall.isOwn(cell)) return reading;
    const again = kind.read(cell, this.request.notebook.head, this.request.inputs);
    if (!again.ok) return again.problems;
    const anew = await this.studiedAnew(kind, cell, again.value);
    if (isFaulty(anew.study.problems)) return [...anew.study.problems];
    const said = [reading.body, study, relations.toSorted(), [...files.keys()].sort()];
    const { recorded } = anew;
    const found = [again.value.body, anew.study, [...recorded.relations].sort(), [...recorded.files.keys()].sort()];
    if (JSON.stringify(said) === JSON.stringify(found)) return again.value;
    const message = "What was remembered of this cell in `.segbook/studies` is not what it says.";
    return [problemMaker(cell)({ code: "study-changed", message, hint: "Run the cell again." })];
  }

  /** The same as before where it asked the same and is answered the same, else anew. */
  private async studied(kind: CellKind<unknown>, cell: Cell, read: Read<unknown>): Promise<Found> {
    const known = this.recall.of(cell);
    if (known === null) return this.studiedAnew(kind, cell, read);
    const recorded = nothingRecorded(read);
    const asking = areAnsweredAlike(known.answered, studyContext(this, cell, recorded), recorded);
    // What can't be answered any more, such as by a file that may not be read, is told by the study itself.
    const isAlike = await asking.catch(() => false);
    return isAlike ? { study: studyAt(cell, known), recorded } : this.studiedAnew(kind, cell, read);
  }

  /** A kind that fails on one cell must not take the plan of the others along. */
  private async studiedAnew(kind: CellKind<unknown>, cell: Cell, read: Read<unknown>): Promise<Found> {
    const recorded = nothingRecorded(read);
    try {
      const { context, answered } = traced(studyContext(this, cell, recorded), recorded);
      const study = await kind.study(read, context);
      const suffixes = study.yields.map(({ suffix }) => suffix).join();
      const named = (kind.suffixes?.(read.body) ?? [""]).join();
      if (suffixes !== named) throw new Error(`${cell.kind} cells name the relations ${named} and yield ${suffixes}`);
      this.recall.keep(cell, read, { study, answered: answered() });
      return { study, recorded };
    } catch (error) {
      if (error instanceof Cancelled || this.request.signal.aborted) throw new Cancelled();
      const nothing = { yields: [], usesTime: false, usesSeed: false, words: {} };
      return { study: { ...nothing, problems: [unexpected(cell, error)] }, recorded };
    }
  }

  /** The entity's type in the first file that has it. */
  private async keyType(entity: string): Promise<string> {
    for (const cell of this.request.notebook.cells) {
      const read = cell.kind === "source" && this.names.cell(cell.id) === cell ? this.readable(cell) : null;
      // A source that is a query may read the history itself.
      if (read === null || (read.read.body as SourceBody).sql !== null) continue;
      const { columns } = columnsOf(await this.of(cell), "");
      const found = columns?.find(({ name }) => name === entity);
      if (found !== undefined) return keptKeyType(found.type);
    }
    return "VARCHAR";
  }

  private async blockers(studied: StudiedCell): Promise<string[]> {
    const blockers = new Set<string>();
    for (const name of studied.relations) {
      const upstream = (await this.holder(name))?.studied;
      if (upstream === undefined) continue;
      if (isFaulty(upstream.problems)) blockers.add(`\`${upstream.cell.id}\``);
      for (const one of upstream.blockedBy) blockers.add(one);
    }
    for (const id of studied.inputs) if (await this.areUnwell([id])) blockers.add(`\`${id}\``);
    const { momentHeld } = this.request;
    if (studied.usesTime && momentHeld !== null) blockers.add(momentHeld);
    return [...blockers];
  }

  private async areUnwell(inputs: readonly string[]): Promise<boolean> {
    const cells = inputs.map((id) => this.names.cell(id)).filter((cell) => cell?.kind === "input");
    for (const cell of cells) if (cell && isFaulty((await this.of(cell)).problems)) return true;
    return false;
  }
}
