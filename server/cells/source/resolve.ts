import type { LaidColumn } from "./layout.ts";
import type { FileProfile } from "./profile.ts";
import type { RawColumn, RawGroup } from "./raw.ts";
import { added, commonType, nearlyType, type Tally, typeOf } from "./sniff.ts";

/** A column of the source with its type. */
export interface SourceColumn extends LaidColumn {
  readonly type: string;
  /** True where the type was declared, so that every value must be of it. */
  readonly declared: boolean;
}

/** Two files whose values of one column no type holds. */
export interface TypeConflict {
  readonly column: LaidColumn;
  readonly first: { readonly path: string; readonly type: string };
  readonly second: { readonly path: string; readonly type: string };
}

/** A column that is text because of a few values. */
export interface NearMiss {
  readonly column: LaidColumn;
  readonly type: string;
  readonly rows: number;
}

export interface Resolution {
  readonly columns: readonly SourceColumn[];
  readonly conflicts: readonly TypeConflict[];
  readonly nearMisses: readonly NearMiss[];
}

interface Seen {
  readonly path: string;
  readonly type: string;
  /** Null where the file itself gives the type. */
  readonly tally: Tally | null;
}

/** Settles the type of every column: the declared one, else the one that all values of all files have; `unseen` of a column without values. */
export function resolveTypes(
  columns: readonly LaidColumn[],
  profiled: readonly { readonly group: RawGroup; readonly files: readonly FileProfile[] }[],
  known: { readonly declared: ReadonlyMap<string, string>; unseen(name: string): string },
): Resolution {
  const resolved: SourceColumn[] = [];
  const conflicts: TypeConflict[] = [];
  const nearMisses: NearMiss[] = [];
  const groups = profiled.map(({ group, files }) => {
    return { group, files, raws: new Map(group.columns.map((raw) => [raw.name, raw])) };
  });
  for (const column of columns) {
    const given = known.declared.get(column.name);
    if (given !== undefined) {
      resolved.push({ ...column, type: given, declared: true });
      continue;
    }
    const seen = groups.flatMap((one) => seenIn(column, one));
    const type = settle(seen) ?? known.unseen(column.name);
    if (typeof type === "string") {
      resolved.push({ ...column, type, declared: false });
      const tally = added(seen.flatMap((one) => (one.tally === null ? [] : [one.tally])));
      const near = type === "VARCHAR" ? nearlyType(tally) : null;
      if (near !== null) nearMisses.push({ column, type: near, rows: tally.present - (tally.fitting.get(near) ?? 0) });
    } else {
      const [first, second] = type;
      conflicts.push({ column, first, second });
    }
  }
  return { columns: resolved, conflicts, nearMisses };
}

interface Profiled {
  readonly group: RawGroup;
  readonly files: readonly FileProfile[];
  readonly raws: ReadonlyMap<string, RawColumn>;
}

function seenIn(column: LaidColumn, { group, files, raws }: Profiled): Seen[] {
  const raw = raws.get(column.raw);
  if (raw === undefined) return [];
  if (raw.type !== null) return [{ path: group.files[0]?.path ?? "", type: raw.type, tally: null }];
  return files.flatMap(({ tallies }, index) => {
    const tally = tallies.get(column.raw);
    const type = tally === undefined ? null : typeOf(tally);
    return tally === undefined || type === null ? [] : [{ path: group.files[index]?.path ?? "", type, tally }];
  });
}

/** The type of all, or two files that have none in common; null where there is no value. */
function settle(seen: readonly Seen[]): string | [Seen, Seen] | null {
  const texts = seen.filter(({ tally }) => tally !== null);
  const all = typeOf(added(texts.flatMap(({ tally }) => (tally === null ? [] : [tally]))));
  const text = texts[0];
  if (all === "VARCHAR" && text !== undefined) {
    const typed = texts.find(({ type }) => type !== "VARCHAR");
    const other = texts.find(({ type }) => typed !== undefined && type !== typed.type);
    if (typed !== undefined && other !== undefined) return [typed, other];
  }
  const natives = seen.filter(({ tally }) => tally === null);
  let settled: Seen | null = all === null || text === undefined ? null : { ...text, type: all };
  for (const native of natives) {
    const type = settled === null ? native.type : commonType(settled.type, native.type);
    if (type === null && settled !== null) return [settled, native];
    settled = { ...native, type: type ?? native.type };
  }
  return settled?.type ?? null;
}
