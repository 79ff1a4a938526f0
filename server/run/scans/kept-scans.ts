import { type Engine, EngineFailure, LimitReached } from "../../engine/engine.ts";
import type { Asked, Kept, KeptTable, Pass } from "../../language/sql-pass.ts";
import type { ResultCache, Stored } from "../cache.ts";
import type { Limits } from "../limits.ts";
import { Turns } from "../turns.ts";
import { type Choice, choose, holds, placeFor } from "./choose.ts";
import { type Place, placesOf } from "./places.ts";
import { writeScan } from "./write-scan.ts";

/** A relation's rows. */
export interface RelationResult {
  readonly key: string;
  /** The SELECT of them. */
  readonly rows: string;
}

/** Who asks, and on what terms. */
export interface KeepAsk {
  readonly engine: Engine;
  readonly zone: string;
  /** Where a relation that a pass reads lies; null where it has not been computed. */
  readonly relation: (name: string) => Promise<RelationResult | null>;
  readonly signal: AbortSignal;
  /** Passes that others will soon ask for: what they have in common with this one is computed along with it. */
  readonly ahead?: (pass: Pass) => Promise<readonly Pass[]>;
  /** Whether a kept file may be taken; every one where absent. */
  readonly isTaken?: (file: string) => boolean;
  readonly onMade?: (file: string) => void;
  readonly onProgress?: (share: number) => void;
}

/**
 * Columns that passes over events gave, as Parquet files in the cache: a statement that asks for some of them again, or
 * for one more, reads the events only for what is not there. What is lost or damaged is computed again.
 */
export class KeptScans {
  /** Whoever asks for the same pass waits for the one who is at it, and finds its own columns there. */
  private readonly turns = new Map<string, Turns>();

  constructor(
    private readonly cache: ResultCache,
    private readonly limits: Limits,
  ) {}

  /** Sees to it that all columns of the passes are there, and says where. Throws what the engine throws. */
  async keep(passes: readonly Pass[], ask: KeepAsk): Promise<Kept> {
    const tables = new Map<string, readonly KeptTable[]>();
    for (const pass of passes) {
      const places = await placesOf(pass, ask);
      const mark = places[0].key;
      const turns = this.turns.get(mark) ?? new Turns();
      this.turns.set(mark, turns);
      tables.set(pass.what, await turns.take(() => this.tables(pass, places, ask), ask.signal));
    }
    return (pass) => {
      const found = tables.get(pass.what);
      if (found === undefined) throw new Error("a statement asks for a pass that was not kept");
      return found;
    };
  }

  /** How many columns of a pass are there already. */
  async kept(pass: Pass, ask: Pick<KeepAsk, "engine" | "zone" | "relation">): Promise<number> {
    const there = await this.there(await placesOf(pass, ask), () => true);
    return pass.asked.filter(({ computed }) => there.some(({ stored }) => holds(stored, computed))).length;
  }

  private async tables(pass: Pass, places: Awaited<ReturnType<typeof placesOf>>, ask: KeepAsk): Promise<KeptTable[]> {
    const damaged = new Set<string>();
    for (;;) {
      const there = await this.there(places, (file) => !damaged.has(file) && ask.isTaken?.(file) !== false);
      const isThere = ({ computed }: Asked) => there.some(({ stored }) => holds(stored, computed));
      if (!pass.asked.every(isThere)) {
        const place = placeFor(places, { there, chosen: choose(pass, there, this.cache) }, this.cache);
        // Where every place holds something that is needed, all of it is put into one table.
        const own = place === null ? pass.asked : pass.asked.filter((one) => !isThere(one));
        const others = (await sharedBy(pass, ask)).filter((one) => !isThere(one));
        const stored = await this.make(pass, place ?? places[0], { own, others }, ask);
        there.unshift({ key: stored.key, stored });
      }
      const chosen = choose(pass, there, this.cache);
      const broken = await this.brokenOf(chosen);
      if (broken.length === 0) return chosen.map(({ table }) => table);
      for (const { file } of broken) damaged.add(file);
    }
  }

  /** In one pass with what others will ask for, unless that is too much or wrong. */
  private async make(
    pass: Pass,
    place: Place,
    { own, others }: { own: readonly Asked[]; others: readonly Asked[] },
    ask: KeepAsk,
  ): Promise<Stored> {
    const around = { ...ask, cache: this.cache, limits: this.limits };
    const all = new Map([...own, ...others].map((one) => [one.computed, one]));
    const stored = await writeScan(around, { pass, place, asked: [...all.values()] }).catch((error: unknown) => {
      const isOfOthers = all.size > own.length && (error instanceof EngineFailure || error instanceof LimitReached);
      if (!isOfOthers) throw error;
      return writeScan(around, { pass, place, asked: own });
    });
    for (const relation of stored.relations) ask.onMade?.(this.cache.path(stored, relation));
    return stored;
  }

  private async there(places: readonly Place[], isTaken: (file: string) => boolean) {
    const found: { key: string; stored: Stored }[] = [];
    for (const { key } of places) {
      const stored = await this.cache.find(key);
      const [relation] = stored?.relations ?? [];
      if (stored === null || relation === undefined || !isTaken(this.cache.path(stored, relation))) continue;
      found.push({ key, stored });
    }
    return found;
  }

  private async brokenOf(chosen: readonly Choice[]): Promise<Choice[]> {
    const broken: Choice[] = [];
    for (const choice of chosen) if ((await this.cache.intactly(choice.stored)) === null) broken.push(choice);
    return broken;
  }
}

async function sharedBy(pass: Pass, { ahead }: KeepAsk): Promise<Asked[]> {
  const passes = (await ahead?.(pass)) ?? [];
  return passes.filter(({ what }) => what === pass.what).flatMap(({ asked }) => asked);
}
