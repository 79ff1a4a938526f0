import { name as quoted } from "../../language/quote.ts";
import type { LookContext, Read } from "../kind.ts";
import { EXCLUDED } from "../rules.ts";
import { peopleSql, pointsName } from "../score/people.ts";
import type { ScoreBody } from "../score/schema.ts";
import { score } from "../score.ts";
import type { AsOf } from "./kinds.ts";
import { readsOf, usesOf } from "./rule-uses.ts";

/** Points and bands. */
export const scoreAsOf: AsOf = {
  async uses(reading, context) {
    const { body } = reading as Read<ScoreBody>;
    const read = await readsOf({ of: body.of, texts: textsOf(body, context), own: [] }, context);
    return usesOf(body.of, read.values(), context.cell.id);
  },

  async statement(reading, context) {
    const { body } = reading as Read<ScoreBody>;
    const compiled = await score.statement?.(reading as Read<ScoreBody>, context, null);
    if (compiled === undefined) throw new Error("a score has no statement");
    if (!compiled.ok) return compiled;
    const { entity, exclude } = context.head;
    const people = { entity, isExcluding: exclude !== null, asOf: context.clock.asOf };
    const columns = [entity, "score", "band", ...body.points.map((_, index) => pointsName(index))].map(quoted);
    const around = (sql: string) => `SELECT ${columns.join(", ")} FROM (${peopleSql(body, sql, people)})`;
    return { ...compiled, sql: around(compiled.sql), over: (kept) => around(compiled.over(kept)) };
  },
};

function textsOf({ points }: ScoreBody, { head }: LookContext): Map<string, string> {
  const rules = points.map(({ when }, index) => [pointsName(index), when] as const);
  return new Map([...rules, ...(head.exclude === null ? [] : [[EXCLUDED, head.exclude] as const])]);
}
