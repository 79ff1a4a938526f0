import { Cancelled } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { keySql, matchOf } from "../../language/sql-match.ts";
import type { Column } from "../../language/vocabulary.ts";
import { Shared } from "../shared.ts";
import { Turns } from "../turns.ts";
import { type Ground, markOf, ROW, type Standing } from "./ground.ts";

/** So many people are drawn, about; a share of half of them is then known to within 0.6 points, 95 times in 100. */
export const DRAWN = 25_000;
/** Of fewer people than four times as many a quarter is drawn, and of so few as to tell nothing all are asked. */
const LEAST_TIMES = 4;
const LEAST_DRAWN = 100;
export interface SampledRelation {
  readonly standing: Standing;
  /** Those that are asked for. */
  readonly columns: readonly string[];
}

/** Samples that are kept, each of one relation. */
const MOST_KEPT = 24;

/**
 * Tables of a sample of people and of their events. Who is drawn is told by a hash of the key, so that the same people
 * are drawn each time and a new condition is compared with the old ones on the same people.
 */
export class Samples {
  private readonly kept = new Map<string, Shared<number>>();
  /** One that was called off may not have ended when the same is begun anew. */
  private readonly turns = new Turns();

  constructor(private readonly drawn: number) {}

  /** The same ground with a sample in the place of everybody; null where there are too few people to draw from. */
  async of(
    ground: Ground,
    {
      entity,
      relations,
      signal,
    }: { entity: string; relations: ReadonlyMap<string, SampledRelation>; signal: AbortSignal },
  ): Promise<Ground | null> {
    const wanted = Math.min(this.drawn, Math.floor(ground.people / LEAST_TIMES));
    if (wanted < LEAST_DRAWN) return null;
    const { engine } = ground;
    const share = Math.round((wanted / ground.people) * SLOTS);
    const people = `segbook sample ${markOf(ground.of, String(share))}`;
    const key = quoted(entity);
    const drawn = await this.table(engine, people, signal, () => {
      const rows = `SELECT * EXCLUDE (${quoted(ROW)}) FROM ${quoted(ground.of)} WHERE hash(${key}) % ${SLOTS} < ${share}`;
      return `SELECT *, row_number() OVER () - 1 AS ${quoted(ROW)} FROM (${rows})`;
    });
    const names = new Map(ground.names);
    for (const [relation, { standing, columns }] of relations) {
      const { name, located } = standing;
      const sampled = `segbook sample ${markOf(name, people, ...columns)}`;
      const types = [ground.columns, located.stored.columns].map((columns) => typeOf(columns, entity));
      const match = matchOf(types[0] ?? null, types[1] ?? null);
      await this.table(engine, sampled, signal, () => {
        const keys = `SELECT ${keySql(`p.${key}`, match)} FROM ${quoted(people)} AS p`;
        return `SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(name)} AS e WHERE ${keySql(`e.${key}`, match)} IN (${keys})`;
      });
      names.set(relation, sampled);
    }
    return { ...ground, names, of: people, rows: drawn, people: drawn, keeping: null };
  }

  /** Makes a table once, whoever asks; gives its number of rows. */
  private async table(
    engine: Ground["engine"],
    table: string,
    signal: AbortSignal,
    sql: () => string,
  ): Promise<number> {
    const known = this.kept.get(table);
    const made =
      known !== undefined && !known.isEnded
        ? known
        : new Shared(async (within) => {
            const make = { sql: `CREATE OR REPLACE TABLE ${quoted(table)} AS ${sql()}`, signal: within };
            await this.turns.take(() => engine.execute(make), within);
            const [row] = await engine.rows({ sql: `SELECT count(*) AS n FROM ${quoted(table)}`, signal: within });
            return Number(row?.n ?? 0);
          });
    // The one that was used last is given up last.
    this.kept.delete(table);
    this.kept.set(table, made);
    try {
      const rows = await made.of(signal);
      await this.giveUp(engine);
      return rows;
    } catch (error) {
      if (!(error instanceof Cancelled)) this.kept.delete(table);
      throw error;
    }
  }

  private async giveUp(engine: Ground["engine"]): Promise<void> {
    for (const table of [...this.kept.keys()].slice(0, Math.max(0, this.kept.size - MOST_KEPT))) {
      this.kept.delete(table);
      await engine.execute({ sql: `DROP TABLE IF EXISTS ${quoted(table)}` });
    }
  }
}

/** Hashes are cut into so many equal parts. */
const SLOTS = 1_000_000;

function typeOf(columns: readonly Column[], column: string): string | null {
  return columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())?.type ?? null;
}
