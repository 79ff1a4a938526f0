import type { Problem } from "../../notebook/model.ts";
import type { LockedClusters } from "../earlier-clusters.ts";
import type { Read, StudyContext } from "../kind.ts";
import type { ClusterBody } from "./schema.ts";

/** What stands between a cell and the clusters from before that it goes on with: a history or a lock that can't be read, a lock that does not fit. */
export async function unfitClusters(reading: Read<ClusterBody>, context: StudyContext): Promise<Problem[]> {
  const known = await context.clusters();
  if ("code" in known) return [{ ...known, cell: context.cell.id, line: context.cell.line, column: 1 }];
  const { locked, lockFault } = known;
  const isNearest = reading.body.assign === "nearest";
  if (lockFault !== null && !isNearest) {
    const message = `${lockFault} Numbers of clusters can't go on from it.`;
    return [context.problem({ code: "lock-unread", message, hint: LOCK_ANEW, severity: "warning" })];
  }
  if (!isNearest) return [];
  if (locked !== null) {
    const ranked = locked.kept.columns.find(({ transform }) => transform === "rank");
    if (ranked !== undefined) return [ofRanks(ranked.name, reading, context)];
    return differences(reading.body, locked).map(({ path, message }) =>
      context.problem({ code: "nearest-other-clusters", message, hint: RENEW, place: reading.at(path) }),
    );
  }
  const message = lockFault ?? `There is no lock with clusters of \`${context.cell.id}\` to be nearest to.`;
  const hint = "Leave out assign: nearest, run with --lock, and put it back.";
  return [context.problem({ code: "nearest-without-lock", message, hint, place: reading.at(["assign"]) })];
}

const LOCK_ANEW = "Run with --lock to write it anew.";
const RENEW = "Change it back, or leave out assign: nearest, run with --lock, and put it back.";

function ofRanks(column: string, reading: Read<ClusterBody>, context: StudyContext): Problem {
  const message = `In the lock \`${column}\` is compared by its rank, which is one among all people and can't be kept.`;
  const hint = "Give the column another transform, or leave out assign: nearest.";
  return context.problem({ code: "nearest-of-ranks", message, hint, place: reading.at(["assign"]) });
}

interface Difference {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** All that makes the cell's clusters others than the lock's. */
function differences({ columns, transform, scale, method, k }: ClusterBody, locked: LockedClusters): Difference[] {
  const found: Difference[] = [];
  const kept = new Map(locked.kept.columns.map((column) => [column.name, column]));
  const added = columns.find((name) => !kept.has(name));
  if (added !== undefined)
    found.push({
      path: ["columns", columns.indexOf(added)],
      message: `The lock's clusters were found without \`${added}\`.`,
    });
  const gone = [...kept.keys()].find((name) => !columns.includes(name));
  if (gone !== undefined)
    found.push({ path: ["columns"], message: `The lock's clusters were found with \`${gone}\` too.` });
  for (const [name, asked] of Object.entries(transform)) {
    const then = kept.get(name)?.transform ?? asked;
    if (then !== asked)
      found.push({ path: ["transform", name], message: `In the lock \`${name}\` is transformed by ${then}.` });
  }
  if (scale !== locked.scale) found.push({ path: ["scale"], message: `The lock's scale is ${locked.scale}.` });
  if (method !== locked.method)
    found.push({ path: ["method"], message: `The lock's clusters were found by ${locked.method}.` });
  const count = locked.kept.clusters.length;
  if (typeof k === "number" && k !== count) found.push({ path: ["k"], message: `The lock has ${count} clusters.` });
  return found;
}
