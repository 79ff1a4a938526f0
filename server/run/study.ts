import type { CellKind, EventDefinition, KnownRelation, Read, Study, StudyContext } from "../cells/kind.ts";
import { kindOf } from "../cells/kinds.ts";
import type { Engine } from "../engine/engine.ts";
import type { Clock, Column, EventWord, InputValue } from "../language/vocabulary.ts";
import type { Cell, Notebook, Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";
import type { ResultCache, Stored } from "./cache.ts";
import { type DataFiles, filesMatching } from "./files.ts";
import { type KeyParts, keyOf } from "./key.ts";

export interface StudyRequest {
  readonly notebook: Notebook;
  readonly inputs: readonly InputValue[];
  readonly inputProblems: readonly Problem[];
  readonly clock: Clock;
  readonly engine: Engine;
  readonly cache: ResultCache;
  readonly files: DataFiles;
  readonly signal: AbortSignal;
}

/** One set of relations that are computed together. */
export interface StudiedPart {
  readonly part: string;
  readonly key: string;
  readonly parts: KeyParts;
  readonly suffixes: readonly string[];
  readonly stored: Stored | null;
}

export interface StudiedCell {
  readonly cell: Cell;
  readonly kind: CellKind<unknown> | null;
  readonly reading: Read<unknown> | null;
  readonly study: Study | null;
  /** Relations of other cells that it reads. */
  readonly relations: readonly string[];
  readonly inputs: readonly string[];
  readonly problems: readonly Problem[];
  /** Ids of cells at fault that it reads, directly or not: it can't run. */
  readonly blockedBy: readonly string[];
  /** Empty where it is at fault or blocked. */
  readonly parts: readonly StudiedPart[];
}

export interface RelationHome {
  readonly cell: string;
  readonly suffix: string;
}

/** Finds, without running anything, what every cell reads, what it will yield, and the key of each result. */
export class Studies {
  private readonly memo = new Map<string, Promise<StudiedCell>>();
  private readonly readings = new Map<string, ReturnType<CellKind<unknown>["read"]>>();

  constructor(readonly request: StudyRequest) {
    for (const cell of request.notebook.cells) {
      const kind = kindOf(cell.kind);
      if (kind !== null) this.readings.set(cell.id, kind.read(cell, request.notebook.head));
    }
  }

  async all(): Promise<StudiedCell[]> {
    const studied: StudiedCell[] = [];
    for (const cell of this.request.notebook.cells) studied.push(await this.of(cell, []));
    return studied;
  }

  /** Which cell a relation is of: the cell of that id, else the one whose id and suffix make the name. */
  async home(name: string, stack: readonly string[]): Promise<RelationHome | null> {
    const id = name.toLowerCase();
    if (this.cellOf(id) !== null) return { cell: id, suffix: "" };
    const owners = this.request.notebook.cells.filter(
      (cell) => id.startsWith(`${cell.id}_`) && !stack.includes(cell.id),
    );
    for (const owner of owners.sort((a, b) => b.id.length - a.id.length)) {
      const studied = await this.of(owner, stack);
      const suffix = id.slice(owner.id.length);
      if (studied.study?.yields.some((one) => one.suffix === suffix)) return { cell: owner.id, suffix };
    }
    return null;
  }

  cellOf(id: string): Cell | null {
    return this.request.notebook.cells.find((cell) => cell.id === id) ?? null;
  }

  async of(cell: Cell, stack: readonly string[]): Promise<StudiedCell> {
    const known = this.memo.get(cell.id);
    if (known !== undefined) return known;
    const studied = this.study(cell, [...stack, cell.id]);
    this.memo.set(cell.id, studied);
    return studied;
  }

  /** Events of the sources, with the columns that are known of them. */
  async events(stack: readonly string[]): Promise<EventWord[]> {
    const words: EventWord[] = [];
    for (const cell of this.request.notebook.cells) {
      const definitions = this.definitions(cell);
      if (definitions.length === 0 || stack.includes(cell.id)) continue;
      const studied = await this.of(cell, stack);
      const columns = studied.study === null ? [] : columnsOf(studied, "").columns;
      for (const definition of definitions) {
        words.push({
          ...definition,
          relation: cell.id,
          entity: this.request.notebook.head.entity,
          columns: columns ?? [],
        });
      }
    }
    return words;
  }

  private definitions(cell: Cell): readonly EventDefinition[] {
    const reading = this.readings.get(cell.id);
    const kind = kindOf(cell.kind);
    return reading?.ok && kind?.events !== undefined ? kind.events(reading.value.body) : [];
  }

  segmentsBut(id: string): { cell: string; name: string }[] {
    return this.request.notebook.cells.flatMap((cell) => {
      const reading = this.readings.get(cell.id);
      const kind = kindOf(cell.kind);
      if (cell.id === id || !reading?.ok || kind?.segments === undefined) return [];
      return kind.segments(reading.value.body).map((name) => ({ cell: cell.id, name }));
    });
  }

  private async study(cell: Cell, stack: readonly string[]): Promise<StudiedCell> {
    const kind = kindOf(cell.kind);
    const reading = this.readings.get(cell.id);
    const own = this.request.inputProblems.filter((problem) => problem.cell === cell.id);
    const idle = { cell, kind, relations: [], inputs: [], blockedBy: [], parts: [] };
    if (kind === null || reading === undefined) return { ...idle, reading: null, study: null, problems: own };
    if (!reading.ok) return { ...idle, reading: null, study: null, problems: [...own, ...reading.problems] };
    const recorded: Recorded = { relations: new Set(), inputs: new Set(), files: new Map() };
    const study = await kind.study(reading.value, this.context(cell, stack, recorded));
    const problems = [...own, ...study.problems];
    if (study.usesTime && this.request.notebook.head.as_of.startsWith("$")) {
      recorded.inputs.add(this.request.notebook.head.as_of.slice(1));
    }
    const base = {
      cell,
      kind,
      reading: reading.value,
      study,
      problems,
      relations: [...recorded.relations],
      inputs: [...recorded.inputs],
    };
    const blockedBy = await this.blockers(base.relations, base.inputs, stack);
    const faulty = problems.some((problem) => problem.severity === "error");
    if (faulty || blockedBy.length > 0) return { ...base, blockedBy, parts: [] };
    return { ...base, blockedBy, parts: await this.keyed(cell, reading.value, study, recorded) };
  }

  private async blockers(
    relations: readonly string[],
    inputs: readonly string[],
    stack: readonly string[],
  ): Promise<string[]> {
    const blockers = new Set<string>();
    for (const name of relations) {
      const home = await this.home(name, stack);
      const cell = home === null ? null : this.cellOf(home.cell);
      if (cell === null || stack.includes(cell.id)) continue;
      const upstream = await this.of(cell, stack);
      if (upstream.problems.some((problem) => problem.severity === "error")) blockers.add(cell.id);
      for (const id of upstream.blockedBy) blockers.add(id);
    }
    for (const id of inputs) {
      if (this.request.inputProblems.some((problem) => problem.cell === id)) blockers.add(id);
    }
    return [...blockers];
  }

  private async keyed(cell: Cell, reading: Read<unknown>, study: Study, recorded: Recorded): Promise<StudiedPart[]> {
    const { head } = this.request.notebook;
    const reads: Record<string, string> = {};
    for (const name of recorded.relations) reads[name] = await this.keyOfRelation(name);
    const inputs = Object.fromEntries(
      [...recorded.inputs]
        .filter((id) => id !== "as_of")
        .map((id) => [id, this.request.inputs.find((one) => one.name === id)?.value ?? null]),
    );
    const names = [...new Set(study.yields.map((one) => one.part))];
    if (names.length === 0) names.push("");
    const parts: StudiedPart[] = [];
    for (const part of names) {
      const keyParts: KeyParts = {
        kind: cell.kind,
        part,
        body: study.canonical ?? reading.canonical,
        inputs,
        reads,
        files: Object.fromEntries(recorded.files),
        asOf: study.usesTime ? this.request.clock.asOf : null,
        seed: study.usesSeed ? head.seed : null,
        entity: head.entity,
        zone: head.timezone,
        weekStarts: head.week_starts,
        exclude: head.exclude,
        engine: this.request.engine.version,
      };
      const key = keyOf(keyParts);
      const suffixes = study.yields.filter((one) => one.part === part).map((one) => one.suffix);
      parts.push({ part, key, parts: keyParts, suffixes, stored: await this.request.cache.find(key) });
    }
    return parts;
  }

  private async keyOfRelation(name: string): Promise<string> {
    const home = await this.home(name, []);
    const cell = home === null ? null : this.cellOf(home.cell);
    if (home === null || cell === null) throw new Error(`no home for the relation ${name}`);
    const part = partOf(await this.of(cell, []), home.suffix);
    if (part === null) throw new Error(`no key for the relation ${name}`);
    return part.key;
  }

  private context(cell: Cell, stack: readonly string[], recorded: Recorded): StudyContext {
    const { request } = this;
    const problem = problemMaker(cell);
    return {
      cell,
      head: request.notebook.head,
      clock: request.clock,
      engine: request.engine,
      signal: request.signal,
      dataFolder: request.files.folder,
      problem,
      inputs: request.inputs,
      events: () => this.events(stack),
      segments: () => this.segmentsBut(cell.id),
      input: (id) => {
        const value = request.inputs.find((one) => one.name === id) ?? null;
        const faulty = request.inputProblems.some((one) => one.cell === id);
        if (value !== null || faulty) recorded.inputs.add(id);
        return value ?? (faulty ? { name: id, type: "text", value: null } : null);
      },
      files: async (pattern) => {
        const found = await filesMatching(request.files, pattern);
        for (const file of found)
          recorded.files.set(file.path, await request.files.fingerprints.of(file.absolute, request.signal));
        return found;
      },
      relation: (name, place) => this.relation({ name, place, stack, recorded, problem }),
    };
  }

  private async relation(ask: Ask): Promise<KnownRelation | Problem> {
    const { name, place, stack, recorded, problem } = ask;
    const home = await this.home(name, stack);
    const cell = home === null ? null : this.cellOf(home.cell);
    if (home === null || cell === null || !this.yieldsRelation(cell)) {
      const known = await this.relationNames(stack);
      const near = nearest(name, known);
      const hint =
        near.length > 0
          ? `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}?`
          : `Known relations: ${known.slice(0, 12).join(", ")}.`;
      return problem({
        code: "unknown-relation",
        message: `No cell of this notebook yields \`${name}\`.`,
        hint,
        place,
      });
    }
    if (stack.includes(cell.id)) {
      const round = [...stack.slice(stack.indexOf(cell.id)), cell.id].map((id) => `\`${id}\``).join(" → ");
      return problem({
        code: "cycle",
        message: `This cell reads itself in a circle: ${round}.`,
        hint: "Let one of these cells read something that does not depend on it.",
        place,
      });
    }
    const studied = await this.of(cell, stack);
    recorded.relations.add(home.suffix === "" ? cell.id : `${cell.id}${home.suffix}`);
    return columnsOf(studied, home.suffix);
  }

  private yieldsRelation(cell: Cell): boolean {
    return cell.known && kindOf(cell.kind) !== null && cell.kind !== "input";
  }

  private async relationNames(stack: readonly string[]): Promise<string[]> {
    const names: string[] = [];
    for (const cell of this.request.notebook.cells) {
      if (stack.includes(cell.id) || !this.yieldsRelation(cell)) continue;
      const studied = await this.of(cell, stack);
      for (const one of studied.study?.yields ?? [{ suffix: "" }]) names.push(`${cell.id}${one.suffix}`);
    }
    return names;
  }
}

interface Recorded {
  readonly relations: Set<string>;
  readonly inputs: Set<string>;
  readonly files: Map<string, string>;
}

interface Ask {
  readonly name: string;
  readonly place: { line: number; column: number } | null;
  readonly stack: readonly string[];
  readonly recorded: Recorded;
  readonly problem: StudyContext["problem"];
}

/** The part that holds a relation; null where the cell has no key. */
export function partOf(studied: StudiedCell, suffix: string): StudiedPart | null {
  return studied.parts.find((part) => part.suffixes.includes(suffix)) ?? null;
}

/** Columns as the last result with this key has them, else as the study foresees them. */
export function columnsOf(studied: StudiedCell, suffix: string): KnownRelation {
  const stored = partOf(studied, suffix)?.stored?.relations.find((relation) => relation.suffix === suffix);
  if (stored !== undefined) return { columns: stored.columns, provisional: false };
  const foreseen: readonly Column[] | null =
    studied.study?.yields.find((one) => one.suffix === suffix)?.columns ?? null;
  return { columns: foreseen, provisional: true };
}

/** Makes problems of one cell; without a place of their own they stand at its fence. */
export function problemMaker(cell: Cell): StudyContext["problem"] {
  return (fault) => {
    const place = fault.place ?? { line: cell.line, column: 1 };
    const { code, message, hint, severity = "error" } = fault;
    return { code, severity, cell: cell.id, line: place.line, column: place.column, message, hint };
  };
}
