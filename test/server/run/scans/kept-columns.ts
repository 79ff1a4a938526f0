import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A kept table of a pass over events: the relations that were read for it, and how many columns it has beside the key. */
export interface KeptPass {
  readonly folder: string;
  readonly file: string;
  readonly reads: readonly string[];
  readonly columns: number;
}

/** Every kept pass of a cache. */
export function keptPasses(cache: string): KeptPass[] {
  return readdirSync(cache, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || /^(damaged|tmp)-/.test(entry.name)) return [];
    const folder = join(cache, entry.name);
    const { parts, relations } = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as {
      parts: { kind: string; reads: Record<string, string> };
      relations: { file: string; columns: unknown[] }[];
    };
    const [relation] = relations;
    if (parts.kind !== "scan" || relation === undefined) return [];
    const file = join(folder, relation.file);
    return [{ folder, file, reads: Object.keys(parts.reads), columns: relation.columns.length - 1 }];
  });
}

/** `orders 3`: what was read and how many columns came of it, one text a pass, sorted. */
export function passTexts(cache: string): string[] {
  return keptPasses(cache)
    .map(({ reads, columns }) => `${reads.join("+")} ${columns}`)
    .sort();
}
