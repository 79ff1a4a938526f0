import type { CellStatement } from "../cells/kind.ts";
import { EngineFailure } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import type { Ask } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import type { Plan } from "./plan.ts";
import { keepAsk } from "./scans/keep-ask.ts";
import type { KeptScans } from "./scans/kept-scans.ts";
import { lookContext } from "./scans/look.ts";
import { withRelations } from "./scans/relations.ts";
import type { ExplainView } from "./view.ts";

export interface ExplainAsk extends Ask {
  readonly cell: string;
  /** One of the cell's rules or features; null is the whole cell. */
  readonly rule: string | null;
}

interface Asking {
  readonly plan: Plan;
  readonly cache: ResultCache;
  readonly scans: KeptScans;
  readonly signal: AbortSignal;
}

/** The SQL that a cell, or one of its rules, is computed by, and how the engine would go about it. */
export async function explain(ask: ExplainAsk, asking: Asking): Promise<ExplainView | Problem> {
  const { plan, cache, scans, signal } = asking;
  const { studies } = plan;
  const studied = plan.cells.find(({ cell }) => cell.id === ask.cell);
  if (!studied?.kind?.statement) {
    const hint = "Ask for a features, score or segments cell.";
    return fault(ask, "no-statement", `\`${ask.cell}\` is no cell with rules or features.`, hint);
  }
  const [wrong] = studied.problems.filter(({ severity }) => severity === "error");
  if (wrong !== undefined || studied.reading === null)
    return wrong ?? fault(ask, "no-statement", `\`${ask.cell}\` can't be read.`, "Mend its text.");
  const context = lookContext(studied, { studies, cache, signal });
  const statement = await studied.kind.statement(studied.reading, context, ask.rule);
  if (!statement.ok)
    return statement.problems[0] ?? fault(ask, "no-statement", "It can't be compiled.", "Mend its text.");
  const around = keepAsk(plan, { cache, signal });
  const missing: string[] = [];
  for (const name of studied.relations) if ((await around.relation(name)) === null) missing.push(name);
  const passes: ExplainView["passes"] = [];
  for (const pass of statement.passes) {
    const isKnown = pass.reads.every((name) => !missing.includes(name));
    const kept = isKnown ? await scans.kept(pass, around) : 0;
    passes.push({ reads: [...pass.reads], columns: pass.asked.length, kept });
  }
  const shown = { cell: ask.cell, rule: ask.rule, sql: statement.sql, passes, missing };
  if (missing.length > 0) return { ...shown, plan: null };
  return { ...shown, plan: await planOf(statement, studied.relations, asking) };
}

/** The engine's plan as it draws it; null where it can't make one. */
async function planOf(
  statement: CellStatement & { ok: true },
  relations: readonly string[],
  { plan, cache, signal }: Asking,
): Promise<string | null> {
  const { engine, relation } = keepAsk(plan, { cache, signal });
  const { parameters, sql } = statement;
  const bound = await withRelations(relations, sql, relation);
  try {
    const table = await engine.table({ sql: `EXPLAIN ${bound}`, signal, ...(parameters && { parameters }) });
    return table.rows.map((row) => String(row.at(-1) ?? "")).join("\n");
  } catch (error) {
    if (error instanceof EngineFailure) return null;
    throw error;
  }
}

function fault({ cell }: ExplainAsk, code: string, message: string, hint: string): Problem {
  return { code, severity: "error", cell, line: null, column: null, message, hint };
}
