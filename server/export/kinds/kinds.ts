import { chart } from "./chart.ts";
import { cluster } from "./cluster.ts";
import { monitor } from "./monitor.ts";
import type { KindOnPaper } from "./output.ts";
import { features, relation } from "./relation.ts";
import { score } from "./score.ts";
import { segments } from "./segments.ts";
import { source } from "./source.ts";

/** An input's value stands in its head. */
const input: KindOnPaper = { rows: "rows", manner: () => "", output: async () => ({ shown: null, folds: [] }) };

/** The one table of kinds. */
const KINDS: ReadonlyMap<string, KindOnPaper> = new Map([
  ...([
    ["input", input],
    ["source", source],
    ["sql", relation],
    ["features", features],
    ["score", score],
  ] as const),
  ...([
    ["segments", segments],
    ["cluster", cluster],
    ["transform", relation],
    ["chart", chart],
  ] as const),
  ["monitor", monitor],
]);

/** How a kind is shown; null for a kind that is not known. */
export function kindOnPaper(kind: string): KindOnPaper | null {
  return KINDS.get(kind) ?? null;
}
