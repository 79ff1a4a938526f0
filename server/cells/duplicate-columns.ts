import { type Engine, EngineFailure, type Statement } from "../engine/engine.ts";
import type { Column } from "../language/vocabulary.ts";
import type { Fault } from "./kind.ts";

/** Where two columns of a SELECT have one name, what the engine calls the second: it says nothing about that itself. */
export async function duplicateColumns(
  columns: readonly Column[],
  probe: { engine: Engine; with: string; select: string } & Pick<Statement, "parameters" | "signal">,
): Promise<Fault | null> {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const renamed = columns.flatMap(({ name }) => {
    const base = /^(.*)_\d+$/s.exec(name)?.[1];
    return base !== undefined && names.has(base.toLowerCase()) ? [{ base, name }] : [];
  });
  const [first] = renamed;
  if (first === undefined || !(await hasDuplicates(probe))) return null;
  const others = renamed.length === 1 ? "" : `, and ${renamed.length - 1} more like it`;
  return {
    code: "duplicate-column",
    severity: "warning",
    message: `Two columns are called \`${first.base}\`: the second becomes \`${first.name}\`${others}.`,
    hint: `Give each a name of its own with AS, leave one out with EXCLUDE, or join with USING (${first.base}).`,
  };
}

/** A column may be called `id_1` in earnest: a union by name, which takes no name twice, tells. */
async function hasDuplicates(probe: Parameters<typeof duplicateColumns>[1]): Promise<boolean> {
  const { engine, select, parameters, signal } = probe;
  const sql = `${probe.with}SELECT * FROM ((\n${select}\n) UNION ALL BY NAME (SELECT 1)) LIMIT 0`;
  try {
    await engine.table({ sql, ...(parameters && { parameters }), ...(signal && { signal }) });
    return false;
  } catch (error) {
    if (error instanceof EngineFailure) return /occurs multiple times/.test(error.message);
    throw error;
  }
}
