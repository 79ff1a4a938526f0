import { name as quoted } from "../language/quote.ts";
import type { Column } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";
import type { RunContext, StudyContext } from "./kind.ts";

type Place = { line: number; column: number };

/** The entity's column among those of a relation, or what is wrong. */
export function entityColumn(
  columns: readonly Column[],
  of: string,
  context: StudyContext | RunContext,
  place: Place,
): Column | Problem {
  const { entity } = context.head;
  const found = columns.find((column) => column.name === entity);
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  const near = nearest(entity, names);
  return context.problem({
    code: "entity-missing",
    message: `\`${of}\` has no column \`${entity}\`, the entity of this notebook.`,
    hint:
      near.length > 0
        ? `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}? Rename it, or set \`entity:\` in the head.`
        : "Set `entity:` in the head to its key column.",
    place,
  });
}

/** A relation with one row per entity, or the fault with an example; rows without a key are a finding. */
export async function checkEntities(of: string, context: RunContext, place: Place): Promise<Problem[]> {
  const key = quoted(context.head.entity);
  const [row] = await context.engine.rows({
    sql: `
      SELECT coalesce(sum(n) FILTER (WHERE k IS NULL), 0) AS missing,
        count(*) FILTER (WHERE n > 1 AND k IS NOT NULL) AS doubled,
        CAST(min(CASE WHEN n > 1 THEN k END) AS VARCHAR) AS example
      FROM (SELECT ${key} AS k, count(*) AS n FROM ${quoted(of)} GROUP BY 1)`,
    signal: context.signal,
  });
  const doubled = Number(row?.doubled ?? 0);
  if (doubled > 0) {
    const message = `\`${of}\` has more than one row for ${doubled} ${context.head.entity} values, such as \`${row?.example}\`.`;
    return [
      context.problem({
        code: "entity-not-unique",
        message,
        hint: "Give one row per entity, for example with a features cell or GROUP BY.",
        place,
      }),
    ];
  }
  const missing = Number(row?.missing ?? 0);
  if (missing === 0) return [];
  const message = `${missing} rows of \`${of}\` have no ${context.head.entity} and are left out.`;
  return [
    context.problem({
      code: "entity-null",
      severity: "warning",
      message,
      hint: "Make the column `required` in its source to find them.",
      place,
    }),
  ];
}
