import { isProblem } from "../../../../server/notebook/is-problem.ts";
import { workspaceAt } from "../../../../server/run/workspace.ts";
import { annotate } from "../../../../server/store/state/act.ts";
import { State } from "../../../../server/store/state/state.ts";

/** Annotates a workspace without end, says each once it is kept, and ends where one is refused. */
const state = new State(workspaceAt(process.argv[2] ?? ""));
const name = process.argv[3] ?? "";
const scope = { notebook: null, cell: null, segment: null, metric: null };
for (let number = 1; ; number++) {
  const annotation = {
    scope,
    from: "2025-01-01",
    to: null,
    text: `${name}${number} ${"x".repeat(2_000)}`,
    rebaseline: false,
  };
  const kept = state.write((it) => annotate(it, { do: "add", annotation }, { at: number, today: "2025-01-01" }));
  process.stdout.write(isProblem(kept) ? `${kept.code} ${kept.message}\n` : `${name}${number}\n`);
  if (isProblem(kept)) break;
  // Whoever reads must come to it.
  await new Promise((resolve) => setImmediate(resolve));
}
