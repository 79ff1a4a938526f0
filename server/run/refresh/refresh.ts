import { HELD_OUT } from "../../cells/control.ts";
import type { Engine, PlainValue } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import { changesSql, differenceSql, type Explained, explainedSql } from "../../segments/membership/changes.ts";
import { CAUSES, type Cause, emptyManifest, type Manifest } from "../../segments/membership/model.ts";
import type { Placed } from "../../segments/membership/stays.ts";
import type { RefreshView } from "../../segments/membership/view.ts";
import type { ResultCache } from "../cache.ts";
import type { CellOutcome } from "../execute.ts";
import { type History, readHistory, sha256 } from "../membership/read.ts";
import { keepRefresh, whileRecording } from "../membership/record.ts";
import { mainPart } from "../studied.ts";
import { offsetTime } from "../wall-time.ts";
import { type CellStep, type Circumstances, stepsSince } from "./circumstances.ts";
import { definedSegments, type People, peopleOf, rowsSql, slottedSql } from "./people.ts";
import { SourceDigests, sourcesOf } from "./sources.ts";

export interface RefreshOptions extends Omit<Circumstances, "history"> {
  readonly cache: ResultCache;
  readonly outcomes: readonly CellOutcome[];
  /** When it is recorded: milliseconds since 1970. */
  readonly at: number;
}

/** Records who is in which segment after a run, who came and went since the refresh before, and why; or says why it can't. */
export async function recordRefresh(options: RefreshOptions): Promise<RefreshView | Problem> {
  const { historyFolder: folder } = options.plan.studies.request;
  return whileRecording(folder, async () => {
    const history = await readHistory(folder, options.signal);
    if (history !== null && "code" in history) return history;
    const refreshing = new Refreshing(options, history);
    try {
      return await refreshing.record();
    } finally {
      await refreshing.dropTables();
    }
  });
}

/** One refresh that is being recorded. */
class Refreshing {
  private readonly engine: Engine;
  private readonly tables: string[] = [];
  private readonly manifest: Manifest;
  private readonly untold = new Set<string>();
  private readonly left: { cell: string; why: string }[] = [];

  constructor(
    private readonly options: RefreshOptions,
    private readonly history: History | null,
  ) {
    const { plan, ask } = options;
    this.engine = plan.studies.request.engine;
    const first = this.people()[0];
    this.manifest =
      history?.manifest ?? emptyManifest(ask.path, plan.notebook.head.entity, first?.keyType ?? "VARCHAR");
  }

  async record(): Promise<RefreshView | Problem> {
    const { plan, ask, at, signal } = this.options;
    const { asOf } = plan.clock;
    const last = this.manifest.refreshes.at(-1);
    if (last !== undefined && asOf < last.asOf) return this.earlier(last.asOf);
    const people = this.people().filter((one) => this.hasKeyType(one));
    this.tellLeft(people);
    const gone = Object.keys(this.manifest.cells).filter((id) => !this.isDefined(id));
    const known = this.manifest.slots.length;
    const slots = await this.slots(people);
    const recorded = new Set([...people.map(({ studied }) => studied.cell.id), ...gone]);
    const scope = slots.flatMap(({ cell }, slot) => (recorded.has(cell) ? [slot] : []));
    const now = await this.table("now", this.nowSql(people, slots));
    const placed: Placed = { manifest: this.manifest, folder: plan.studies.request.historyFolder };
    const difference = await this.table("difference", differenceSql(placed, now, scope));
    const moved = await this.movedSlots(difference);
    if (this.isSame(people, gone, moved.length)) return this.view("same", [], slots);
    const groups = await this.explanations(moved, { people, slots, known, gone });
    const explained = groups.length === 0 ? null : await this.table("explained", explainedSql(difference, groups));
    const counts = explained === null ? [] : await this.counts(explained);
    const sizes = await this.sizes(now, people, slots);
    const text = ask.text;
    const number = this.manifest.refreshes.length + 1;
    const cells = { ...this.manifest.cells };
    for (const id of gone) delete cells[id];
    const digests = new SourceDigests(plan, signal);
    for (const { studied, stored } of people) {
      const sources = await sourcesOf(plan, studied);
      const entries: [string, Awaited<ReturnType<SourceDigests["recorded"]>>][] = [];
      for (const source of sources) entries.push([source.cell.id, await digests.recorded(source, asOf)]);
      cells[studied.cell.id] = { refresh: number, key: stored.key, sources: Object.fromEntries(entries) };
    }
    const entry: Manifest["refreshes"][number] = {
      ...{ asOf, at, notebook: `${sha256(text)}.md`, set: { ...ask.set } },
      cells: people.map(({ studied }) => studied.cell.id),
      sizes: sizes.map(({ slot, size }) => {
        const own = counts.filter((one) => one.slot === slot && one.because !== "control");
        return [slot, size, sum(own, "entered"), sum(own, "left")];
      }),
    };
    const manifest: Manifest = { ...this.manifest, slots, cells, refreshes: [...this.manifest.refreshes, entry] };
    const changes = explained === null ? null : changesSql(explained, number);
    await keepRefresh({ manifest, text, changes }, { folder: placed.folder, engine: this.engine, signal });
    return this.view("recorded", counts, slots, sizes);
  }

  async dropTables(): Promise<void> {
    for (const table of this.tables)
      await this.engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` }).catch(() => undefined);
  }

  /** The cells that came to people in segments, in the notebook's order. */
  private people(): People[] {
    const { outcomes, plan } = this.options;
    return plan.cells.flatMap(({ cell }) => {
      const outcome = outcomes.find(({ studied }) => studied.cell === cell);
      const isThere = outcome?.state === "computed" || outcome?.state === "found";
      const stored = outcome === undefined || !isThere ? null : mainPart(outcome.studied)?.stored;
      const people = outcome && stored ? peopleOf(outcome.studied, stored, plan.notebook.head.entity) : null;
      return people === null ? [] : [people];
    });
  }

  private isDefined(id: string): boolean {
    const cell = this.options.plan.studies.names.cell(id);
    return cell !== null && segmentColumn(cell.kind) !== null;
  }

  private hasKeyType(people: People): boolean {
    if (people.keyType === this.manifest.keyType) return true;
    const why = `its key is ${people.keyType}, and that of the history ${this.manifest.keyType}`;
    this.left.push({ cell: people.studied.cell.id, why });
    return false;
  }

  /** Cells with segments that did not come to their result. */
  private tellLeft(people: readonly People[]): void {
    for (const { studied, state } of this.options.outcomes) {
      const { id, kind } = studied.cell;
      const isTold = people.some((one) => one.studied.cell.id === id) || this.left.some(({ cell }) => cell === id);
      if (segmentColumn(kind) === null || isTold || state === "computed" || state === "found") continue;
      this.left.push({
        cell: id,
        why: state === "cancelled" ? "it was cancelled" : `it ${state === "blocked" ? "is blocked" : "failed"}`,
      });
    }
  }

  private earlier(before: number): Problem {
    const { zone } = this.options.plan.clock;
    const moment = offsetTime(before, zone);
    const message = `The last refresh tells of ${moment}, and this one would tell of ${offsetTime(this.options.plan.clock.asOf, zone)}, which is earlier.`;
    const hint = "A history goes forward: refresh as of a later moment.";
    return { code: "refresh-earlier", severity: "error", cell: null, line: null, column: null, message, hint };
  }

  /** Numbers of the segments: those that are known keep theirs. */
  private async slots(people: readonly People[]): Promise<Manifest["slots"]> {
    const slots = [...this.manifest.slots];
    for (const one of people) {
      const cell = one.studied.cell.id;
      const column = quoted(one.column);
      const rows = await this.engine.rows({
        sql: `SELECT DISTINCT ${column}::VARCHAR AS segment FROM ${rowsSql(one, "", this.options.cache)} WHERE ${column} IS NOT NULL ORDER BY 1`,
        signal: this.options.signal,
      });
      for (const segment of [...definedSegments(one.studied), ...rows.map((row) => String(row.segment))]) {
        if (!slots.some((slot) => slot.cell === cell && slot.segment === segment)) slots.push({ cell, segment });
      }
    }
    return slots;
  }

  /** Who is in which segment now: slot, entity, held_out. */
  private nowSql(people: readonly People[], slots: Manifest["slots"]): string {
    const { cache } = this.options;
    const parts = people.map((one) => {
      const numbers = slotsOf(slots, one.studied.cell.id);
      const members = slottedSql(one, numbers, cache);
      const held = this.heldOut(one, numbers);
      if (held === null) return `SELECT slot, entity, false AS held_out FROM (${members})`;
      return `SELECT m.slot, m.entity, h.slot IS NOT NULL AS held_out FROM (${members}) AS m LEFT JOIN (${held}) AS h USING (slot, entity)`;
    });
    return parts.length === 0
      ? `SELECT 0 AS slot, NULL::${this.manifest.keyType} AS entity, false AS held_out WHERE false`
      : parts.join("\nUNION ALL\n");
  }

  private heldOut(people: People, slots: ReadonlyMap<string, number>): string | null {
    const stored = people.studied.parts.find(({ suffixes }) => suffixes.includes(HELD_OUT))?.stored ?? null;
    return stored === null
      ? null
      : slottedSql({ ...people, stored, column: "segment" }, slots, this.options.cache, HELD_OUT);
  }

  private async movedSlots(difference: string): Promise<number[]> {
    const rows = await this.engine.rows({
      sql: `SELECT DISTINCT slot FROM ${quoted(difference)} ORDER BY slot`,
      signal: this.options.signal,
    });
    return rows.map(({ slot }) => Number(slot));
  }

  /** Whether the very same was recorded the last time. */
  private isSame(people: readonly People[], gone: readonly string[], moved: number): boolean {
    const last = this.manifest.refreshes.at(-1);
    const { ask, plan } = this.options;
    if (last === undefined || moved > 0 || gone.length > 0 || last.asOf !== plan.clock.asOf) return false;
    if (last.notebook !== `${sha256(ask.text)}.md`) return false;
    return people.every(({ studied, stored }) => this.manifest.cells[studied.cell.id]?.key === stored.key);
  }

  /** By which steps the changes of each segment are explained. */
  private async explanations(
    moved: readonly number[],
    {
      people,
      slots,
      known,
      gone,
    }: { people: readonly People[]; slots: Manifest["slots"]; known: number; gone: readonly string[] },
  ): Promise<Explained[]> {
    const groups: Explained[] = [];
    const at = (which: readonly number[], cause: Cause) => {
      const causes = new Map(which.map((slot) => [slot, cause]));
      if (which.length > 0) groups.push({ slots: which, steps: [{ table: null, causes }] });
    };
    const cellOf = (slot: number) => slots[slot]?.cell ?? "";
    at(
      moved.filter((slot) => slot >= known),
      "first refresh",
    );
    const older = moved.filter((slot) => slot < known);
    const isAnew = (slot: number) => gone.includes(cellOf(slot)) || this.manifest.cells[cellOf(slot)] === undefined;
    at(older.filter(isAnew), "rule");
    const rest = older.filter((slot) => !isAnew(slot));
    const cells = people.filter(({ studied }) => rest.some((slot) => cellOf(slot) === studied.cell.id));
    const refreshes = new Set(cells.map(({ studied }) => this.manifest.cells[studied.cell.id]?.refresh ?? 0));
    for (const refresh of refreshes) {
      const own = cells.filter(({ studied }) => this.manifest.cells[studied.cell.id]?.refresh === refresh);
      if (this.history === null) throw new Error("a cell was recorded in no history");
      const steps = await stepsSince(
        refresh,
        own.map(({ studied }) => studied),
        { ...this.options, history: this.history },
      );
      for (const one of own) {
        const { id } = one.studied.cell;
        const which = rest.filter((slot) => cellOf(slot) === id);
        const found = steps.get(id) ?? { why: "" };
        if ("why" in found) {
          this.untold.add(found.why);
          at(which, "unknown");
        } else groups.push({ slots: which, steps: await this.stepTables(found.steps, { one, which, slots }) });
      }
    }
    return groups;
  }

  private async stepTables(
    steps: readonly CellStep[],
    { one, which, slots }: { one: People; which: readonly number[]; slots: Manifest["slots"] },
  ): Promise<Explained["steps"]> {
    const made: Explained["steps"][number][] = [];
    const { cache, plan } = this.options;
    for (const { world, cause } of steps) {
      const causes = new Map(which.map((slot) => [slot, cause(slots[slot]?.segment ?? "")]));
      const then = world === null ? null : peopleOf(world.studied, world.stored, plan.notebook.head.entity);
      const numbers = slotsOf(slots, one.studied.cell.id);
      const nobody = `SELECT 0 AS slot, NULL::${one.keyType} AS entity WHERE false`;
      const sql = then === null ? nobody : slottedSql({ ...then, keyType: one.keyType }, numbers, cache);
      made.push({ table: world === null ? null : await this.table("step", sql), causes });
    }
    return made;
  }

  private async counts(explained: string) {
    const rows = await this.engine.rows({
      sql: `SELECT slot, because, count(*) FILTER (came) AS entered, count(*) FILTER (NOT came) AS "left"
        FROM ${quoted(explained)} GROUP BY ALL ORDER BY ALL`,
      signal: this.options.signal,
    });
    return rows.map((row) => ({
      ...{ slot: Number(row.slot), because: causeOf(row.because) },
      ...{ entered: Number(row.entered), left: Number(row.left) },
    }));
  }

  /** Of every segment of the cells that are recorded, those without anybody among them. */
  private async sizes(now: string, people: readonly People[], slots: Manifest["slots"]) {
    const rows = await this.engine.rows({
      sql: `SELECT slot, count(*) AS size FROM ${quoted(now)} GROUP BY slot`,
      signal: this.options.signal,
    });
    const size = new Map(rows.map((row) => [Number(row.slot), Number(row.size)]));
    const defined = people.flatMap(({ studied }) =>
      definedSegments(studied).map((segment) => ({ cell: studied.cell.id, segment })),
    );
    return slots.flatMap(({ cell, segment }, slot) => {
      const isThere = size.has(slot) || defined.some((one) => one.cell === cell && one.segment === segment);
      return isThere ? [{ slot, size: size.get(slot) ?? 0 }] : [];
    });
  }

  private view(
    state: RefreshView["state"],
    counts: Awaited<ReturnType<Refreshing["counts"]>>,
    slots: Manifest["slots"],
    sizes: readonly { slot: number; size: number }[] = [],
  ): RefreshView {
    const { zone, asOf } = this.options.plan.clock;
    const before = this.manifest.refreshes.at(-1)?.asOf ?? null;
    const shown = new Set([...sizes.map(({ slot }) => slot), ...counts.map(({ slot }) => slot)]);
    const segments = [...shown]
      .sort((a, b) => a - b)
      .flatMap((slot) => {
        const named = slots[slot];
        if (named === undefined) return [];
        const own = counts.filter((one) => one.slot === slot);
        const moves = own.filter(({ because }) => because !== "control");
        const causes = own
          .map(({ because, entered, left }) => ({ because, entered, left }))
          .sort((a, b) => CAUSES.indexOf(a.because) - CAUSES.indexOf(b.because));
        const size = sizes.find((one) => one.slot === slot)?.size ?? 0;
        return [{ ...named, size, entered: sum(moves, "entered"), left: sum(moves, "left"), causes }];
      });
    return {
      ...{ state, asOf: offsetTime(asOf, zone), before: before === null ? null : offsetTime(before, zone) },
      ...{ segments, left: this.left, untold: [...this.untold].filter((why) => why !== "") },
    };
  }

  private async table(hint: string, sql: string): Promise<string> {
    const table = `refresh_${hint}_${this.tables.length}_${process.pid}`;
    this.tables.push(table);
    await this.engine.execute({
      sql: `CREATE OR REPLACE TABLE ${quoted(table)} AS\n${sql}`,
      signal: this.options.signal,
    });
    return table;
  }
}

function slotsOf(slots: Manifest["slots"], id: string): Map<string, number> {
  return new Map(slots.flatMap(({ cell, segment }, slot) => (cell === id ? [[segment, slot] as const] : [])));
}

function causeOf(value: PlainValue | undefined): Cause {
  return CAUSES.find((cause) => cause === value) ?? "unknown";
}

function sum<K extends string>(rows: readonly Record<K, number>[], column: K): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
