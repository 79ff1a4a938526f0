import { randomUUID } from "node:crypto";
import type { ClusterBody } from "../cells/cluster/schema.ts";
import type { RunContext } from "../cells/kind.ts";
import { LimitReached, type LoadColumn, type Parameters } from "../engine/engine.ts";
import { name as quoted } from "../language/quote.ts";
import type { Column } from "../language/vocabulary.ts";
import { HeapFull, offload } from "../offload/offload.ts";
import type { ResultCache } from "./cache.ts";
import { recordedDrift } from "./clusters/drift.ts";
import { leading, madeKey } from "./clusters/leading.ts";
import type { Around, Making } from "./compute.ts";
import { HISTORY } from "./membership/known.ts";
import { recordedRefreshes } from "./membership/refreshes.ts";
import { oldSources } from "./old-sources.ts";
import type { Step } from "./order.ts";
import type { Plan } from "./plan.ts";
import { ownRebaselines } from "./rebaselines.ts";
import { pastFeatures } from "./replay/past-features.ts";
import { pastMembers } from "./replay/past-members.ts";
import { keepForRun } from "./scans/keep-for-run.ts";
import { shareTold } from "./share-told.ts";
import { mainPart, problemMaker, type StudiedCell, type StudiedPart } from "./studied.ts";
import { eventWords } from "./study-context.ts";
import { DiskFull, isDiskFull } from "./unexpected.ts";
import { withinBytes } from "./within.ts";
import { writeParquet } from "./write-parquet.ts";

/** What the run of one part may ask and write. */
export function runContext(step: Step, part: StudiedPart, around: Around, making: Making): RunContext {
  const { studied } = step;
  const { signal } = around;
  const { plan, cache, limits } = around.run;
  const { studies, notebook } = plan;
  const { engine, files, clock, inputs } = studies.request;
  const told = shareTold(around.progress);
  const progress = told.whole;
  const scratch = (hint: string) => {
    const table = `scratch_${hint}_${randomUUID().slice(0, 8)}`;
    making.scratch.push(table);
    return table;
  };
  const write = async (suffix: string, sql: string, parameters: Parameters = {}) => {
    const path = making.target.path(suffix);
    const ask = { sql, parameters, path, most: limits.rows, onProgress: told.writing };
    const writing = withinBytes(path, limits.temp, signal, (within) =>
      writeParquet(engine, { ...ask, signal: within }),
    );
    const copied = await writing.catch((error: unknown) => {
      throw isDiskFull(error) ? new DiskFull(cache.folder) : error;
    });
    if (copied.rows > limits.rows) throw new LimitReached("rows", limits.rows);
    making.written.push({ suffix, ...copied });
    return copied.rows;
  };
  return {
    ...{ cell: studied.cell, head: notebook.head, clock, engine, signal, dataFolder: files.folder, inputs },
    ...{ part: part.part, seed: notebook.head.seed, problem: problemMaker(studied.cell), progress, scratch, write },
    stage: told.stage,
    // Events that the rules do not speak of, though their words occur, are not read and need no columns.
    events: (texts) =>
      eventWords(studies, texts, async ({ id }) => {
        const columns = studied.relations.includes(id) ? await columnsOf(id, studied, around.run) : [];
        return { columns, provisional: false };
      }),
    earlier: async () => {
      const main = mainPart(studied);
      if (main === null || studied.study?.follows?.clusters.includes(part.part) !== true) return null;
      const { id } = studied.cell;
      return (await leading(id, studied.reading?.body as ClusterBody, madeKey(main.parts), studies)).earlier;
    },
    drift: async () => {
      const known = await studies.history();
      return "code" in known || known.history === null ? [] : recordedDrift(studied.cell.id, known.history);
    },
    reads: studied.relations,
    pastMembers: (ask) => pastMembers({ plan, cache, signal }, ask),
    pastFeatures: (ask) => pastFeatures({ plan, cache, signal }, ask),
    refreshes: async () => {
      const known = await studies.history();
      return "code" in known || known.history === null ? [] : recordedRefreshes(known.history);
    },
    oldSources: (relation) => oldSources(relation, plan, signal),
    rebaselines: ownRebaselines(studied, studies.request),
    isOrdered: async (name) => (await studies.holder(name))?.studied.study?.ordered !== false,
    segments: () => studies.segmentsBut(studied.cell),
    files: async (pattern) => {
      const found = studied.files.get(pattern);
      if (found === undefined)
        throw new Error(`${studied.cell.id} runs over ${pattern}, which its study did not ask for`);
      return found;
    },
    held: (path, contents) => {
      making.files[path] = contents;
    },
    offload: (works, name, input) => {
      const heap = Math.max(LEAST_HEAP, limits.memory / 2);
      return offload(works, name, input, { signal, onProgress: progress, heap }).catch((error: unknown) => {
        throw error instanceof HeapFull ? new LimitReached("memory", limits.memory) : error;
      });
    },
    kept: async ({ passes, over }) => over(await keepForRun(passes, { step, around, progress: told.writing })),
    scratchFolder: async () => {
      const folder = making.folders[0] ?? (await cache.temporaryFolder());
      making.folders[0] = folder;
      return folder;
    },
    relation: (name) => columnsOf(name, studied, around.run),
    writeColumns: async (suffix, columns: readonly LoadColumn[]) => {
      const table = scratch("values");
      await engine.load(table, columns, { signal });
      return write(suffix, `SELECT * FROM ${quoted(table)}`);
    },
  };
}

/** Columns as they were written. What the study did not ask for is not in the key, so it must not be read. */
async function columnsOf(
  name: string,
  reader: StudiedCell,
  options: { plan: Plan; cache: ResultCache },
): Promise<readonly Column[]> {
  if (name === HISTORY && reader.relations.includes(HISTORY)) {
    const columns = await options.plan.studies.recordedColumns();
    if (columns === null) throw new Error("the history of segments can't be read");
    return columns;
  }
  const holder = await options.plan.studies.holder(name);
  // A part of a cell may read the cell's main relation: its key is made of the main part's.
  const own = holder?.studied.cell === reader.cell;
  const asked = holder !== null && (own || reader.relations.includes(`${holder.studied.cell.id}${holder.suffix}`));
  if (!asked) throw new Error(`${reader.cell.id} reads ${name}, which its study did not ask for`);
  const stored = holder.part === null ? null : await options.cache.find(holder.part.key);
  const relation = stored?.relations.find((one) => one.suffix === holder.suffix);
  if (relation === undefined) throw new Error(`${name} has not been computed`);
  return relation.columns;
}

/** JavaScript itself takes so much before it does anything, in bytes. */
const LEAST_HEAP = 256 * 1024 ** 2;
