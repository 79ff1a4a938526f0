import type { KnownRelation } from "../../cells/kind.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Manifest } from "../../segments/membership/model.ts";
import { membershipColumns, membershipSql, unrecordedSql } from "../../segments/membership/stays.ts";
import { type History, readHistory, sha256 } from "./read.ts";

export { HISTORY } from "../../language/sql-history.ts";

/** The relation `membership` of a notebook as it stands. */
export interface KnownHistory extends KnownRelation {
  readonly columns: readonly Column[];
  /** Stands for it in the keys of cells that read it. */
  readonly key: string;
  /** Stands for what is recorded of moments before another, in the keys of cells to which nothing else counts. */
  keyBefore(moment: number): string;
  /** Its rows. */
  readonly sql: string;
  /** What is recorded; null before the first refresh. */
  readonly history: History | null;
}

export interface HistoryAsk {
  /** Of the history. */
  readonly folder: string;
  readonly entity: string;
  /** Whether this is asked for what will be recorded. */
  readonly isRefresh: boolean;
  readonly signal: AbortSignal;
  /** The key's type in the notebook's sources, which it takes while nothing is recorded. */
  keyType(): Promise<string>;
}

/** What is recorded of a notebook's segments as a relation: empty before the first refresh. */
export async function knownHistory({
  folder,
  entity,
  isRefresh,
  signal,
  keyType,
}: HistoryAsk): Promise<KnownHistory | Problem> {
  const history = await readHistory(folder, signal);
  if (history !== null && "code" in history) return history;
  if (history === null || history.manifest.refreshes.length === 0) {
    const type = await keyType();
    const columns = membershipColumns(entity, type);
    // The first refresh is the one of which nobody can have come or gone: without it there would never be a second.
    const nothing = { key: NOTHING, keyBefore: () => NOTHING, isUnrecorded: !isRefresh, history: null };
    return { columns, provisional: true, sql: unrecordedSql(entity, type), ...nothing };
  }
  const { manifest, key } = history;
  const columns = membershipColumns(entity, manifest.keyType);
  const keyBefore = (moment: number) => keyBeforeIn(manifest, moment);
  return { columns, provisional: false, sql: membershipSql(history), key, keyBefore, history };
}

const NOTHING = "nothing is recorded";

/** Later refreshes add to a history and change nothing that is there: when it was recorded names each. */
function keyBeforeIn({ refreshes }: Manifest, moment: number): string {
  const before = refreshes.filter(({ asOf }) => asOf < moment);
  return before.length === 0 ? NOTHING : `before ${sha256(JSON.stringify(before)).slice(0, 32)}`;
}
