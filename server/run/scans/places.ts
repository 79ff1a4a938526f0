import type { Pass } from "../../language/sql-pass.ts";
import { version } from "../../version.ts";
import { GENERATION, type KeyParts, keyOf } from "../key.ts";
import type { KeepAsk } from "./kept-scans.ts";

/** A place for one table of a pass. */
export interface Place {
  readonly key: string;
  readonly parts: KeyParts;
}

/** Each edit of a rule may add a table, and each is joined by whoever needs it. */
const MOST_TABLES = 12;

/** Where the tables of a pass lie: by everything that its columns depend on but their own text, which is their name. */
export async function placesOf(
  pass: Pass,
  { engine, zone, relation }: Pick<KeepAsk, "engine" | "zone" | "relation">,
): Promise<readonly [Place, ...Place[]]> {
  const reads: Record<string, string> = {};
  for (const name of pass.reads) {
    const found = await relation(name);
    if (found === null) throw new Error(`${name} has not been computed`);
    reads[name] = found.key;
  }
  const place = (number: number): Place => {
    const parts: KeyParts = {
      ...{ kind: "scan", part: String(number), body: pass.what, inputs: {}, types: {}, reads, files: {}, asOf: null },
      ...{ seed: null, head: {}, clusters: null, rebaselines: null, zone },
      ...{ engine: engine.version, segbook: version, generation: GENERATION },
    };
    return { key: keyOf(parts), parts };
  };
  return [place(0), ...Array.from({ length: MOST_TABLES - 1 }, (_, index) => place(index + 1))];
}
