import type { DataFile, Read } from "../../cells/kind.ts";
import type { SourceBody } from "../../cells/source/schema.ts";
import { columnsOf, isFaulty, type StudiedCell } from "../../run/studied.ts";
import { bodyOf } from "../body-of.ts";
import type { Subject } from "../subject.ts";

/** A column of a source that may tell the same things as a column of another source. */
export interface KeyColumn {
  readonly studied: StudiedCell;
  readonly source: string;
  /** What stands for the key in all sources: its name without case, blanks and dashes. */
  readonly key: string;
  readonly column: string;
  readonly type: string;
  /** The file's own name of the column. */
  readonly raw: string;
  readonly isEntity: boolean;
  readonly isRequired: boolean;
  readonly body: SourceBody;
  readonly canonical: string;
  readonly files: readonly DataFile[];
}

/** Names that are keys wherever they stand; `id` alone is each source's own. */
const KEY = /(^|[a-z0-9])_?(id|key|sku|email|uuid)$/i;

/** The key columns that two sources or more have in common, in the order of the file. */
export function keyColumns({ plan }: Subject): KeyColumn[] {
  const { entity } = plan.notebook.head;
  const columns = plan.cells.flatMap((studied) => {
    const body = studied.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
    if (body === null || body.files === null || isFaulty(studied.problems)) return [];
    const files = [...new Map([...studied.files.values()].flat().map((file) => [file.path, file])).values()];
    const around = {
      studied,
      source: studied.cell.id,
      body,
      files,
      canonical: (studied.reading as Read<unknown>).canonical,
    };
    return (columnsOf(studied, "").columns ?? []).flatMap(({ name, type }) => {
      const isEntity = plain(name) === plain(entity);
      if (!isEntity && (plain(name) === "id" || !KEY.test(name))) return [];
      const raw = Object.entries(body.rename).find(([, now]) => now === name)?.[0] ?? name;
      const isRequired = Object.hasOwn(body.columns, name) && body.columns[name]?.required === true;
      return [{ ...around, key: plain(name), column: name, type, raw, isEntity, isRequired }];
    });
  });
  const shared = new Set(
    columns
      .filter((one) => columns.some((other) => other.key === one.key && other.source !== one.source))
      .map(({ key }) => key),
  );
  // A key of one source alone still shows who is missing and who is a test.
  return columns.filter(({ key, isEntity }) => isEntity || shared.has(key));
}

export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
