import type { CellKind, DataFile, EventDefinition, Read, Reading, Study } from "../cells/kind.ts";
import { kindOf } from "../cells/kinds.ts";
import { Cancelled, type Engine } from "../engine/engine.ts";
import type { Clock, InputValue } from "../language/vocabulary.ts";
import type { Cell, Notebook, Problem } from "../notebook/model.ts";
import { version } from "../version.ts";
import type { ResultCache } from "./cache.ts";
import type { DataFiles } from "./files.ts";
import { GENERATION, type KeyParts, keyOf } from "./key.ts";
import { RelationNames } from "./relation-names.ts";
import { isFaulty, partOf, problemMaker, type StudiedCell, type StudiedPart } from "./studied.ts";
import { studyContext } from "./study-context.ts";
import { unexpected } from "./unexpected.ts";
import { Waits } from "./waits.ts";

export interface StudyRequest {
  readonly notebook: Notebook;
  readonly inputs: readonly InputValue[];
  /** Problems of cells that the notebook's text and the inputs' values show. */
  readonly cellProblems: ReadonlyMap<Cell, readonly Problem[]>;
  /** What keeps every cell from running, as it is named in a sentence: the head that can't be read, a newer format. */
  readonly held: string | null;
  /** What keeps those cells from running that need the moment. */
  readonly momentHeld: string | null;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly cache: ResultCache;
  readonly files: DataFiles;
  readonly signal: AbortSignal;
}

/** What a study was seen to read. */
export interface Recorded {
  readonly relations: Set<string>;
  readonly inputs: Set<string>;
  readonly files: Map<string, readonly DataFile[]>;
  /** Path below the data folder → SHA-256. */
  readonly hashes: Map<string, string>;
}

/** Finds, without running anything, what every cell reads, what it will yield, and the key of each result. */
export class Studies {
  readonly names: RelationNames;
  readonly waits = new Waits();
  private readonly readings = new Map<Cell, Reading<unknown>>();
  private readonly memo = new Map<Cell, Promise<StudiedCell>>();

  constructor(readonly request: StudyRequest) {
    const { cells, head } = request.notebook;
    for (const cell of cells) {
      const reading = kindOf(cell.kind)?.read(cell, head, request.inputs);
      if (reading !== undefined) this.readings.set(cell, reading);
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

  /** The events that a cell's rows are; only sources have any. */
  definitions(cell: Cell): readonly EventDefinition[] {
    const kind = this.readable(cell);
    return kind?.kind.events?.(kind.read.body) ?? [];
  }

  segmentsBut(own: Cell): { cell: string; name: string }[] {
    return this.request.notebook.cells.flatMap((cell) => {
      const kind = cell === own || this.names.cell(cell.id) !== cell ? null : this.readable(cell);
      return (kind?.kind.segments?.(kind.read.body) ?? []).map((name) => ({ cell: cell.id, name }));
    });
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
    };
    if (kind === null || reading === undefined) return idle;
    if (!reading.ok) return this.unread(idle, reading);
    const inputs = new Set(reading.value.inputs);
    const recorded: Recorded = { relations: new Set(), inputs, files: new Map(), hashes: new Map() };
    if (this.names.cell(cell.id) !== cell) return { ...idle, reading: reading.value };
    const study = await this.studied(kind, cell, reading.value, recorded);
    const usesTime = study.usesTime || recorded.inputs.has("as_of");
    const momentsInput = usesTime ? /^\$(.*)/.exec(notebook.head.as_of)?.[1] : undefined;
    const values = [...recorded.inputs].filter((id) => id !== "as_of");
    const isUnwell = await this.areUnwell(values);
    // What an input without a value leads to is no fault of the cell's.
    const problems = [...own, ...(this.cycle(cell) ?? (isUnwell ? [] : study.problems))];
    const base: StudiedCell = {
      ...{ ...idle, reading: reading.value, study, problems, files: recorded.files },
      relations: [...recorded.relations],
      inputs: [...new Set(momentsInput === undefined ? values : [...values, momentsInput])],
      usesTime,
    };
    const blockedBy = held === null ? await this.blockers(base) : [held];
    if (isFaulty(problems) || blockedBy.length > 0) return { ...base, blockedBy };
    return { ...base, parts: await this.keyed(base, study, recorded) };
  }

  /** A cell whose body can't be read; where an input in it has no value, that is not the cell's own fault. */
  private async unread(idle: StudiedCell, reading: Reading<unknown> & { ok: false }): Promise<StudiedCell> {
    const inputs = reading.inputs.filter((id) => id !== "as_of");
    if (!(await this.areUnwell(inputs))) return { ...idle, inputs, problems: [...idle.problems, ...reading.problems] };
    return { ...idle, inputs, blockedBy: await this.blockers({ ...idle, inputs }) };
  }

  /** A kind that fails on one cell must not take the plan of the others along. */
  private async studied(kind: CellKind<unknown>, cell: Cell, read: Read<unknown>, recorded: Recorded): Promise<Study> {
    try {
      const study = await kind.study(read, studyContext(this, cell, recorded));
      const suffixes = study.yields.map(({ suffix }) => suffix).join();
      const named = (kind.suffixes?.(read.body) ?? [""]).join();
      if (suffixes !== named) throw new Error(`${cell.kind} cells name the relations ${named} and yield ${suffixes}`);
      return study;
    } catch (error) {
      if (error instanceof Cancelled || this.request.signal.aborted) throw new Cancelled();
      return { yields: [], problems: [unexpected(cell, error)], usesTime: false, usesSeed: false, words: {} };
    }
  }

  private cycle(cell: Cell): Problem[] | null {
    const found = this.waits.roundOf(cell.id);
    if (found === null) return null;
    const round = found.round.map((id) => `\`${id}\``).join(" → ");
    const message = `This cell reads itself in a circle: ${round}.`;
    const hint = "Let one of these cells read something that does not depend on it.";
    return [problemMaker(cell)({ code: "cycle", message, hint, place: found.place })];
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

  private async keyed(studied: StudiedCell, study: Study, recorded: Recorded): Promise<StudiedPart[]> {
    const { notebook, inputs, clock, engine, cache } = this.request;
    const { cell, reading } = studied;
    const { head } = notebook;
    const reads: Record<string, string> = {};
    for (const name of studied.relations) {
      const part = (await this.holder(name))?.part ?? null;
      if (part === null) throw new Error(`${cell.id} reads ${name}, which has no key`);
      reads[name] = part.key;
    }
    // The moment is a part of its own, whatever it is given by.
    const used = cell.kind === "input" ? [cell.id] : [...recorded.inputs].filter((id) => id !== "as_of");
    const values = used.map((id) => [id, inputs.find((one) => one.name === id)?.value ?? null]);
    const keys = study.head ?? ["entity", "week_starts"];
    const parts: StudiedPart[] = [];
    for (const part of new Set(["", ...study.yields.map((one) => one.part)])) {
      const keyParts: KeyParts = {
        kind: cell.kind,
        part,
        body: study.canonical ?? reading?.canonical ?? "",
        inputs: Object.fromEntries(values),
        reads,
        files: Object.fromEntries(recorded.hashes),
        asOf: studied.usesTime ? clock.asOf : null,
        seed: study.usesSeed ? head.seed : null,
        head: Object.fromEntries(keys.map((key) => [key, head[key]])),
        zone: head.timezone,
        engine: engine.version,
        segbook: version,
        generation: GENERATION,
      };
      const key = keyOf(keyParts);
      const suffixes = study.yields.filter((one) => one.part === part).map((one) => one.suffix);
      parts.push({ part, key, parts: keyParts, suffixes, stored: await cache.find(key) });
    }
    return parts;
  }
}
