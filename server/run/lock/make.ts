import type { ClusterBody } from "../../cells/cluster/schema.ts";
import { version } from "../../version.ts";
import type { ResultCache } from "../cache.ts";
import { madeKey } from "../clusters/leading.ts";
import { lockEntry, lockedClusters } from "../clusters/locked.ts";
import { storedClusters } from "../clusters/stored.ts";
import type { CellOutcome } from "../execute.ts";
import { GENERATION, type KeyParts } from "../key.ts";
import type { Step } from "../order.ts";
import type { Plan } from "../plan.ts";
import { mainPart, type StudiedCell } from "../studied.ts";
import { offsetTime } from "../wall-time.ts";
import { digest, sha256 } from "./digest.ts";
import {
  type Lock,
  type LockedCell,
  type LockedFile,
  type LockedRelation,
  type MadeLock,
  TOLERANCE,
  type Uses,
} from "./model.ts";

export interface LockRequest {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly outcomes: readonly CellOutcome[];
  readonly cache: ResultCache;
  /** The moment that was given from outside, and what `now` means: milliseconds since 1970. */
  readonly given: string | null;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Looks through all results of a run; cells that failed, and those that yield nothing, are not in the lock. */
export async function makeLock(request: LockRequest): Promise<MadeLock> {
  const { plan, steps, outcomes, given, now } = request;
  const { head } = plan.notebook;
  const cells: Lock["cells"] = {};
  const sources: Lock["sources"] = {};
  const uses: Record<string, Uses> = {};
  for (const { studied, state } of outcomes) {
    const main = mainPart(studied);
    const isDone = state === "computed" || state === "found";
    if (main === null || !isDone || studied.study?.yields.length === 0) continue;
    const { id, kind } = studied.cell;
    const parts = steps.find((step) => step.studied.cell === studied.cell)?.parts ?? [];
    const relations = await relationsOf(studied, new Set(parts.map(({ part }) => part)), request);
    const clusters = await clustersOf(studied, request);
    cells[id] = { ...clusters, key: main.key, kind, relations, text: textHash(main.parts) };
    const files = filesOf(studied);
    if (files !== null) sources[id] = files;
    uses[id] = await usesOf(studied, plan);
  }
  const { clock, isNow } = plan;
  const moment = offsetTime(clock.asOf, clock.zone);
  const lock: Lock = {
    as_of: { given, moment, now: isNow ? new Date(now).toISOString() : null },
    cells,
    engine: plan.studies.request.engine.version.replace(/^v/, ""),
    head: {
      ...{ entity: head.entity, exclude: head.exclude, seed: head.seed },
      ...{ timezone: head.timezone, week_starts: head.week_starts },
    },
    inputs: Object.fromEntries(plan.inputs.map(({ id, value }) => [id, value])),
    lock: 1,
    // Builds of one version may differ in what they come to; those of one generation do not.
    segbook: `${version}+${GENERATION}`,
    sources,
    tolerance: TOLERANCE,
  };
  return { lock, uses };
}

/** Inputs' types say what their names in the text mean. */
function textHash({ kind, body, types }: KeyParts): string {
  const said = Object.entries(types).sort();
  const means = said.length === 0 ? [kind, body] : [kind, body, said];
  return sha256(JSON.stringify(means)).slice(0, 16);
}

/** Only of the parts that the run needed: what was looked at some time before has no place in a lock. */
async function relationsOf(studied: StudiedCell, parts: ReadonlySet<string>, { plan, cache, signal }: LockRequest) {
  const relations: Record<string, LockedRelation> = {};
  const { engine } = plan.studies.request;
  for (const { part, stored } of studied.parts) {
    if (!parts.has(part) || stored === null) continue;
    // Another's hand may have been at a result that was only found.
    if ((await cache.intactly(stored)) === null)
      throw new Error(`the kept result of ${studied.cell.id} was damaged; run again`);
    for (const relation of stored.relations) {
      const ask = { engine, file: cache.path(stored, relation), columns: relation.columns, signal };
      relations[`${studied.cell.id}${relation.suffix}`] = await digest(ask);
    }
  }
  return relations;
}

/** Nothing of other kinds. Where people were put to the lock's own centres, it keeps them. */
async function clustersOf(
  studied: StudiedCell,
  { plan, cache, signal }: LockRequest,
): Promise<Pick<LockedCell, "clusters">> {
  const main = mainPart(studied);
  const { cell, reading } = studied;
  if (cell.kind !== "cluster" || reading === null || main === null || main.stored === null) return {};
  const body = reading.body as ClusterBody;
  if (body.assign === "nearest") {
    const lock = await plan.studies.lock();
    const before = lock === null || "code" in lock ? null : lockedClusters(lock, cell.id);
    return before === null ? {} : { clusters: before.entry };
  }
  const kept = await storedClusters(main.stored, { cache, engine: plan.studies.request.engine, signal });
  if (kept === null) return {};
  const { method, scale } = body;
  return { clusters: lockEntry(kept, { made: madeKey(main.parts), followed: main.parts.clusters, method, scale }) };
}

/** Null where the cell reads no files. */
function filesOf(studied: StudiedCell): Record<string, LockedFile> | null {
  const main = mainPart(studied);
  const files = [...studied.files.values()].flat();
  if (main === null || files.length === 0) return null;
  const entries = files.map(({ path, bytes }): [string, LockedFile] => {
    const contents = main.stored?.files[path];
    const sha256 = main.parts.files[path];
    if (contents === undefined || sha256 === undefined)
      throw new Error(`${studied.cell.id} did not tell what ${path} held`);
    return [path, { bytes, columns: [...contents.columns], rows: contents.rows, sha256 }];
  });
  return Object.fromEntries(entries);
}

async function usesOf(studied: StudiedCell, plan: Plan): Promise<Uses> {
  const parts = mainPart(studied)?.parts;
  const reads: Record<string, string> = {};
  for (const name of studied.relations) {
    const holder = await plan.studies.holder(name);
    if (holder !== null) reads[name] = holder.studied.cell.id;
  }
  const seed = parts === undefined || parts.seed === null ? [] : ["seed"];
  return { reads, head: [...Object.keys(parts?.head ?? {}), ...seed, "timezone"], usesTime: studied.usesTime };
}
