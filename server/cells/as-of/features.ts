import { orderDerived } from "../features/derived.ts";
import { mentions } from "../features/mentions.ts";
import { type FeaturesBody, features } from "../features.ts";
import type { Read } from "../kind.ts";
import type { AsOf, Wanted } from "./kinds.ts";

/** The wanted features, and those that they are made of. */
export const featuresAsOf: AsOf = {
  async uses(reading, context, wanted) {
    const body = needed(reading as Read<FeaturesBody>, wanted);
    if (body.from === null) return [];
    const own = new Set(
      Object.entries(body.columns).flatMap(([name, value]) => (typeof value === "string" ? [name] : [])),
    );
    const derived = orderDerived(body);
    const columns = (await context.relation(body.from))
      .map(({ name }) => name)
      .filter((name) => derived.some(({ sql }) => mentions(sql, name)) && !own.has(name));
    return [{ relation: body.from, segments: null, columns, isPeople: true }];
  },

  async statement(reading, context, wanted) {
    const body = needed(reading as Read<FeaturesBody>, wanted);
    const compiled = await features.statement?.({ ...(reading as Read<FeaturesBody>), body }, context, null);
    if (compiled === undefined) throw new Error("features have no statement");
    return compiled;
  },
};

/** Without `from` the features' events say who there is, so that all of them are needed. */
function needed({ body }: Read<FeaturesBody>, { columns: wanted }: Wanted): FeaturesBody {
  if (wanted === null || body.from === null) return body;
  const kept = new Set(wanted);
  for (const name of kept) {
    const value = body.columns[name];
    if (value === undefined || typeof value === "string") continue;
    for (const other of Object.keys(body.columns)) if (mentions(value.sql, other)) kept.add(other);
  }
  const columns = Object.fromEntries(Object.entries(body.columns).filter(([name]) => kept.has(name)));
  return { ...body, columns };
}
