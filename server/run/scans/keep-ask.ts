import type { ResultCache } from "../cache.ts";
import type { Plan } from "../plan.ts";
import type { KeepAsk } from "./kept-scans.ts";
import { resultOf } from "./look.ts";

/** A plan's relations, for whoever keeps passes over them or asks for what is kept. */
export function keepAsk(
  { studies, notebook }: Plan,
  { cache, signal }: { cache: ResultCache; signal: AbortSignal },
): KeepAsk {
  return {
    ...{ engine: studies.request.engine, zone: notebook.head.timezone, signal },
    relation: (name) => resultOf(name, { studies, cache }),
  };
}
