import { literal, name as quoted } from "../language/quote.ts";
import type { Studies } from "./study.ts";

/** Lets a relation that has been computed be read under its name. */
export async function standIn(name: string, studies: Studies): Promise<void> {
  const { engine, cache } = studies.request;
  const holder = await studies.holder(name);
  const stored = holder?.part ? await cache.find(holder.part.key) : null;
  const relation = stored?.relations.find((one) => one.suffix === holder?.suffix);
  if (stored === null || relation === undefined) throw new Error(`${name} has not been computed`);
  const file = literal(cache.path(stored, relation));
  await engine.execute({ sql: `CREATE OR REPLACE VIEW ${quoted(name)} AS SELECT * FROM read_parquet(${file})` });
}
