import { chart } from "./chart.ts";
import { cluster } from "./cluster.ts";
import { features } from "./features.ts";
import { input } from "./input.ts";
import type { CellKind } from "./kind.ts";
import { monitor } from "./monitor.ts";
import { score } from "./score.ts";
import { segments } from "./segments.ts";
import { source } from "./source.ts";
import { sql } from "./sql.ts";
import { transform } from "./transform.ts";

/** Every kind of cell. A new one is a row here, and one in the page's own table. */
const KINDS: ReadonlyMap<string, CellKind<unknown>> = new Map(
  [input, source, sql, features, score, segments, cluster, transform, chart, monitor].map((kind) => [
    kind.kind,
    kind as CellKind<unknown>,
  ]),
);

export function kindOf(name: string): CellKind<unknown> | null {
  return KINDS.get(name) ?? null;
}
