import type { LookContext } from "../../cells/kind.ts";
import type { ResultCache } from "../cache.ts";
import { HISTORY } from "../membership/known.ts";
import { keyOfRead, rowsOfRead } from "../reading.ts";
import { columnsOf, problemMaker, type StudiedCell } from "../studied.ts";
import type { Studies } from "../study.ts";
import { eventWords } from "../study-context.ts";
import type { RelationResult } from "./kept-scans.ts";

/** What a cell that is not run now may ask: columns as they were computed, else as they are foreseen. */
export function lookContext(
  studied: StudiedCell,
  { studies, cache, signal }: { studies: Studies; cache: ResultCache; signal: AbortSignal },
): LookContext {
  const { notebook, clock, engine, files, inputs } = studies.request;
  const relation = async (name: string) => {
    if (name === HISTORY) return (await studies.recordedColumns()) ?? [];
    const holder = await studies.holder(name);
    const stored = holder?.part ? await cache.find(holder.part.key) : null;
    const computed = stored?.relations.find((one) => one.suffix === holder?.suffix);
    if (computed !== undefined) return computed.columns;
    return (holder && columnsOf(holder.studied, holder.suffix).columns) ?? [];
  };
  return {
    ...{ cell: studied.cell, head: notebook.head, clock, engine, signal, dataFolder: files.folder, inputs, relation },
    problem: problemMaker(studied.cell),
    events: (texts) =>
      eventWords(studies, texts, async ({ id }) => {
        const columns = studied.relations.includes(id) ? await relation(id) : [];
        return { columns, provisional: false };
      }),
    segments: () => studies.segmentsBut(studied.cell),
  };
}

/** A plan's relation as those read it; null where it has not been computed. */
export async function resultOf(
  name: string,
  { studies, cache }: { studies: Studies; cache: ResultCache },
): Promise<RelationResult | null> {
  const key = await keyOfRead(name, studies);
  const part = name === HISTORY ? null : (await studies.holder(name))?.part;
  const isThere = name === HISTORY || (part ? (await cache.find(part.key)) !== null : false);
  return key === null || !isThere ? null : { key, rows: await rowsOfRead(name, studies) };
}
