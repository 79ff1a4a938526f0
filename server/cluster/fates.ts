import { PART } from "./match.ts";

/** A cluster by its number and name, with its people. */
export interface Named {
  readonly number: number;
  readonly name: string;
  readonly size: number;
}

export interface Followed {
  readonly earlier: readonly Named[];
  readonly later: readonly Named[];
  /** Place of the earlier cluster that each later one continues, −1 for none. */
  readonly heirOf: Int32Array;
  /** People who were in an earlier cluster (rows) and are in a later one; null where it is not known who was where. */
  readonly common: readonly (readonly number[])[] | null;
}

/** Something that became of a cluster, in words. */
export interface Fate {
  readonly kind: "split" | "merged" | "vanished" | "new";
  readonly number: number;
  readonly name: string;
  readonly message: string;
  readonly hint: string;
}

/** Of an earlier cluster's people, those that one later cluster took in. */
interface Share {
  readonly to: Named;
  readonly share: number;
}

/** From here on a cluster that has no heir went into the one that has so many of its people. */
const MOST = 0.5;

/**
 * What became of earlier clusters, in words with numbers: split (two or more later ones hold at least a fifth each of
 * those who are still there, half of them together), merged (no heir, and one holds at least half), vanished; and which
 * are new. The kinds of change are those of MONIC (Spiliopoulou, Ntoutsi, Theodoridis and Schult 2006).
 */
export function fates(followed: Followed): Fate[] {
  const { earlier, later, heirOf } = followed;
  const ended = earlier.flatMap((cluster, place) => {
    const heir = later[heirOf.indexOf(place)] ?? null;
    return fateOf(cluster, heir, sharesOf(place, followed)) ?? [];
  });
  return [
    ...ended,
    ...later.flatMap((cluster, place) => (heirOf[place] === -1 ? newcomer(cluster, place, followed) : [])),
  ];
}

/** Null where all that is known of a cluster's people says nothing of it. */
function sharesOf(place: number, { later, common }: Followed): Share[] | null {
  if (common === null) return null;
  const counts = common[place] ?? [];
  const still = counts.reduce((sum, count) => sum + count, 0);
  const shares = later.map((to, at) => ({ to, share: (counts[at] ?? 0) / still }));
  return still === 0 ? [] : shares.sort((a, b) => b.share - a.share);
}

function fateOf({ number, name, size }: Named, heir: Named | null, shares: Share[] | null): Fate | null {
  const parts = (shares ?? []).filter(({ share }) => share >= PART);
  const together = parts.reduce((sum, { share }) => sum + share, 0);
  const [most] = shares ?? [];
  const rest = `The number ${number} and its name are nobody's now.`;
  if (parts.length > 1 && together >= MOST) {
    const where = parts.map(
      ({ to, share }, at) => `${percent(share)} ${at === 0 ? "are in cluster" : "in cluster"} ${to.number}`,
    );
    const hint =
      heir === null ? rest : `Cluster ${heir.number} goes on as ${quoted(name)}; look at both before you use the name.`;
    return { kind: "split", number, name, message: `${quoted(name)} split: ${where.join(", ")}.`, hint };
  }
  if (heir !== null) return null;
  if (most !== undefined && most.share >= MOST) {
    const message = `${quoted(name)} merged into cluster ${most.to.number}: ${percent(most.share)} of its people are there.`;
    return { kind: "merged", number, name, message, hint: rest };
  }
  const why =
    shares === null
      ? "no cluster is where it was"
      : most === undefined
        ? `none of its ${people(size)} is there any more`
        : `its people went apart, the most of them, ${percent(most.share)}, to cluster ${most.to.number}`;
  return { kind: "vanished", number, name, message: `${quoted(name)} vanished: ${why}.`, hint: rest };
}

function newcomer({ number, name, size }: Named, place: number, { earlier, common }: Followed): Fate {
  const counts = (common ?? []).map((row, at) => ({ from: earlier[at], count: row[place] ?? 0 }));
  const known = counts.reduce((sum, { count }) => sum + count, 0);
  const most = [...counts].sort((a, b) => b.count - a.count)[0];
  const from =
    common === null
      ? "no cluster was where it is"
      : known === 0 || most?.from === undefined
        ? `none of its ${people(size)} was in a cluster before`
        : `${percent(known / size)} of its ${people(size)} were in a cluster before, the most of them, ${percent(most.count / size)}, in ${quoted(most.from.name)}`;
  const hint = `Give it a name under names: {${number}: …}, or look at it before you use it.`;
  return { kind: "new", number, name, message: `Cluster ${number} is new: ${from}.`, hint };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function people(count: number): string {
  return `${count.toLocaleString("en")} people`;
}

function quoted(name: string): string {
  return `\`${name}\``;
}
