import { name } from "../quote.ts";
import { type Asked, CHAIN, type Chains, type Kept, type KeptTable, type Pass } from "../sql-pass.ts";
import { KEY } from "../sql-work.ts";
import type { Clock, EventWord } from "../vocabulary.ts";
import { copySql, overCopies, shadowed } from "./copies.ts";
import { bucketsSql, markOf, type Need, needOf, newSource, type RowPass, type Source } from "./source.ts";
import { stateSql, stateTables } from "./states.ts";

/** A moment, and what the statements that are to be asked at it need of the events. */
export interface ReplayMoment {
  readonly clock: Clock;
  readonly passes: readonly Pass[];
}

export interface ReplayRequest {
  /** The earliest first. */
  readonly moments: readonly ReplayMoment[];
  readonly events: readonly EventWord[];
  /** Makes a name for a table that is made here. */
  readonly table: (hint: string) => string;
}

/** A table to be made of a SELECT, and one that is not needed any more then. */
export interface TableStep {
  readonly table: string;
  readonly sql: string;
  readonly drop: string | null;
}

export interface Replay {
  /** Reads each relation of events once. */
  readonly once: readonly TableStep[];
  /** In turn: what to make before the statements of a moment, and what they then take in the place of their passes. */
  readonly moments: readonly { readonly steps: readonly TableStep[]; readonly kept: Kept }[];
}

/**
 * Statements of one kind at many moments, by one reading of each relation of events. Every bound of every window cuts
 * time into stretches; for each key and stretch the parts of the aggregates are kept, and of these each moment's values
 * are put together: those that count from the first event on by adding a moment's stretches to the values of the moment
 * before, those of the last n days from the stretches in them. Of a sequence all chains are kept, and a moment takes
 * those in its window. What can't be taken apart, such as a median, goes over a copy of the rows.
 */
export function planReplay({ moments, events, table }: ReplayRequest): Replay {
  const readers = newReaders();
  for (const { clock, passes } of moments) for (const pass of passes) putDown(readers, split(readers, pass, clock));
  const last = moments.at(-1)?.clock;
  if (last === undefined) return { once: [], moments: [] };
  const copies = new Map([...copiedOf(readers)].map((relation) => [relation, table("copy")]));
  const buckets = new Map([...readers.sources.keys()].map((mark) => [mark, table("buckets")]));
  const chains = new Map([...readers.chains.keys()].map((mark) => [mark, table("chains")]));
  const readings = [
    ...[...readers.sources].map(([mark, source]) => {
      const from = name(copies.get(source.event.relation) ?? source.event.relation);
      return { table: buckets.get(mark) ?? "", sql: bucketsSql(source, from, last), drop: null };
    }),
    ...[...readers.chains].map(([mark, { sql, reads }]) => {
      return { table: chains.get(mark) ?? "", sql: shadowed(sql, reads, copies), drop: null };
    }),
  ];
  const texts = [...readings.map(({ sql }) => sql), ...readers.others.map(({ sql }) => sql)];
  const copying = [...copies].map(([relation, made]) => {
    return { table: made, sql: copySql(relation, texts, events, last), drop: null };
  });
  const states = new Map<string, string>();
  return {
    once: [...copying, ...readings],
    moments: moments.map(({ clock }, index) => {
      const steps: TableStep[] = [];
      for (const [mark, source] of readers.sources) {
        const state = states.get(mark) ?? null;
        const at = { before: moments[index - 1]?.clock ?? null, now: clock };
        const sql = stateSql(source, { buckets: buckets.get(mark) ?? "", state }, at);
        if (sql === null) continue;
        const made = table("state");
        steps.push({ table: made, sql, drop: state });
        states.set(mark, made);
      }
      const now = new Map(states);
      const kept: Kept = (pass) => {
        const { ofRows, ofChains, others } = split(readers, pass, clock);
        const tables: KeptTable[] = others.length === 0 ? [] : [overCopies(pass, others, copies)];
        if (ofChains !== null) tables.push(chainsTable(pass, ofChains, chains.get(ofChains.mark) ?? ""));
        if (ofRows === null) return tables;
        const { mark, source, needs } = ofRows;
        const own = { buckets: buckets.get(mark) ?? "", state: now.get(mark) ?? null };
        return [...stateTables(source, needs, own), ...tables];
      };
      return { steps, kept };
    }),
  };
}

/** What is asked of the events, by how it is read. */
interface Readers {
  readonly sources: Map<string, Source>;
  /** The chains of each sequence as of the last moment that asks for them. */
  readonly chains: Map<string, { readonly sql: string; readonly reads: readonly string[] }>;
  /** Queries that can't be taken apart. */
  readonly others: { readonly sql: string; readonly reads: readonly string[] }[];
}

function newReaders(): Readers {
  return { sources: new Map(), chains: new Map(), others: [] };
}

interface Split {
  readonly pass: Pass;
  readonly ofRows: { readonly mark: string; readonly source: Source; readonly needs: readonly Need[] } | null;
  readonly ofChains: Chains | null;
  /** Columns that need all rows. */
  readonly others: readonly Asked[];
}

function split({ sources }: Readers, pass: Pass, clock: Clock): Split {
  if (pass.chains !== null) return { pass, ofRows: null, ofChains: pass.chains(), others: [] };
  if (!isOfRows(pass)) return { pass, ofRows: null, ofChains: null, others: pass.asked };
  const mark = markOf(pass);
  const source = sources.get(mark) ?? newSource(pass.rows);
  const needs: Need[] = [];
  const others: Asked[] = [];
  for (const one of pass.asked) {
    const need = needOf(source, one, clock);
    if (need === null) others.push(one);
    else needs.push(need);
  }
  return { pass, ofRows: needs.length === 0 ? null : { mark, source, needs }, ofChains: null, others };
}

function putDown(readers: Readers, { pass, ofRows, ofChains, others }: Split): void {
  if (ofRows !== null) readers.sources.set(ofRows.mark, ofRows.source);
  if (ofChains !== null) readers.chains.set(ofChains.mark, { sql: ofChains.sql, reads: pass.reads });
  if (others.length > 0) readers.others.push({ sql: pass.query(others), reads: pass.reads });
}

function isOfRows(pass: Pass): pass is RowPass {
  return pass.rows !== null;
}

/** Relations that are read more than once: of these a copy is made, by the one reading that there is to be. */
function copiedOf({ sources, chains, others }: Readers): Set<string> {
  const once = [
    ...[...sources.values()].map(({ event }) => [event.relation]),
    ...[...chains.values()].map(({ reads }) => reads),
  ];
  const readings = once.flat();
  const twice = readings.filter((relation, index) => readings.indexOf(relation) < index);
  return new Set([...twice, ...others.flatMap(({ reads }) => reads)]);
}

function chainsTable(pass: Pass, { from, until }: Chains, table: string): KeptTable {
  const selected = pass.asked.map(({ computed, column }) => `${computed} AS ${column}`);
  const bounds = [`${CHAIN.end} < ${until}`, ...(from === null ? [] : [`${CHAIN.start} >= ${from}`])].join(" AND ");
  return {
    from: `(SELECT ${[KEY, ...selected].join(", ")} FROM ${name(table)} WHERE ${bounds} GROUP BY 1)`,
    columns: new Map(pass.asked.map(({ computed, column }) => [computed, column])),
  };
}
