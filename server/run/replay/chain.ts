import { type AsOf, asOfKind, type Use, type Wanted } from "../../cells/as-of/kinds.ts";
import type { LookContext, Read } from "../../cells/kind.ts";
import type { StudiedCell } from "../studied.ts";
import type { Studies } from "../study.ts";

/** A cell that is replayed, and what is wanted of it. */
export interface Link {
  readonly studied: StudiedCell;
  readonly reading: Read<unknown>;
  readonly kind: AsOf;
  readonly wanted: Wanted;
  readonly uses: readonly Use[];
}

export interface Chain {
  /** Each after those that it reads; the goal is the last. */
  readonly links: readonly Link[];
  /** What can only be taken as it is today. */
  readonly taken: readonly (Use & { readonly kind: string })[];
}

export interface Goal {
  readonly studied: StudiedCell;
  /** Null for all of them. */
  readonly segment: string | null;
}

/** The cells between the events and a segment, as far as they can be told as of any moment. */
export async function chainOf(
  { studied, segment }: Goal,
  { studies, contextOf }: { studies: Studies; contextOf: (studied: StudiedCell) => LookContext },
): Promise<Chain> {
  const links = new Map<string, Link>();
  const taken = new Map<string, Use & { kind: string }>();
  const want = async (one: StudiedCell, wanted: Wanted): Promise<void> => {
    const { id, kind } = one.cell;
    const known = links.get(id);
    const all = known === undefined ? wanted : both(known.wanted, wanted);
    if (known !== undefined && JSON.stringify(all) === JSON.stringify(known.wanted)) return;
    const asOf = asOfKind(kind);
    if (asOf === null || one.reading === null) throw new Error(`${id} can't be replayed`);
    const uses = await asOf.uses(one.reading, contextOf(one), all);
    links.set(id, { studied: one, reading: one.reading, kind: asOf, wanted: all, uses });
    for (const use of uses) {
      const holder = await studies.holder(use.relation);
      if (holder === null) continue;
      const own = holder.studied.cell;
      if (holder.suffix === "" && asOfKind(own.kind) !== null) await want(holder.studied, use);
      else taken.set(use.relation, { ...use, ...merged(taken.get(use.relation), use), kind: own.kind });
    }
  };
  await want(studied, { segments: segment === null ? null : [segment], columns: null });
  return { links: inOrder(links, studied.cell.id), taken: [...taken.values()] };
}

function merged(known: Use | undefined, use: Use): Use {
  return known === undefined ? use : { ...use, ...both(known, use), isPeople: known.isPeople || use.isPeople };
}

function both(a: Wanted, b: Wanted): Wanted {
  const union = (one: readonly string[] | null, other: readonly string[] | null) =>
    one === null || other === null ? null : [...new Set([...one, ...other])];
  return { segments: union(a.segments, b.segments), columns: union(a.columns, b.columns) };
}

function inOrder(links: ReadonlyMap<string, Link>, goal: string): Link[] {
  const ordered = new Set<Link>();
  const visit = (id: string) => {
    const link = links.get(id);
    if (link === undefined || ordered.has(link)) return;
    for (const { relation } of link.uses) visit(relation);
    ordered.add(link);
  };
  visit(goal);
  return [...ordered];
}
