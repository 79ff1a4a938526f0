import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { literal, name as quoted } from "../../language/quote.ts";
import type { KeptTable, Pass } from "../../language/sql-pass.ts";
import type { ResultCache, Stored } from "../cache.ts";
import type { Place } from "./places.ts";

/** A table of a pass that lies in the cache. */
export interface There {
  readonly key: string;
  readonly stored: Stored;
}

/** A table that a statement takes columns from. */
export interface Choice extends There {
  readonly file: string;
  readonly table: KeptTable;
}

/** Where the columns of a pass are found: each in one table, in as few as come of taking the fullest first. */
export function choose(pass: Pass, there: readonly There[], cache: ResultCache): Choice[] {
  const open = new Map(pass.asked.map(({ computed }) => [columnOf(computed), computed]));
  const held = ({ stored }: There) =>
    (stored.relations[0]?.columns ?? []).flatMap(({ name }) => {
      const computed = open.get(name);
      return computed === undefined ? [] : [{ name, computed }];
    });
  const chosen: Choice[] = [];
  for (const one of [...there].sort((a, b) => held(b).length - held(a).length)) {
    const [relation] = one.stored.relations;
    const own = held(one);
    if (relation === undefined || own.length === 0) continue;
    for (const { name } of own) open.delete(name);
    const file = cache.path(one.stored, relation);
    const columns = new Map(own.map(({ name, computed }) => [computed, quoted(name)]));
    chosen.push({ ...one, file, table: { from: `read_parquet(${literal(file)})`, columns } });
  }
  return chosen;
}

/** A place with nothing in it, else the one that was used longest ago of those without anything that is needed now. */
export function placeFor(
  places: readonly Place[],
  { there, chosen }: { there: readonly There[]; chosen: readonly Choice[] },
  { folder }: ResultCache,
): Place | null {
  const free = places.find((place) => there.every(({ key }) => key !== place.key));
  const used = ({ key }: Place) => statSync(join(folder, key), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const others = places.filter((place) => chosen.every(({ key }) => key !== place.key));
  return free ?? others.sort((a, b) => used(a) - used(b))[0] ?? null;
}

/** Name of the column that holds what is computed. */
export function columnOf(computed: string): string {
  return createHash("sha256").update(computed).digest("hex").slice(0, 20);
}

export function holds({ relations }: Stored, computed: string): boolean {
  const column = columnOf(computed);
  return relations.some(({ columns }) => columns.some(({ name }) => name === column));
}
