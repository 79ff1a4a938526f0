import { expect, test } from "vitest";
import type { CellState } from "../../../../server/run/view.ts";
import { Asked } from "../../../../web/cells/cluster/on-demand.ts";

/** A cell whose runs are written down. */
function cellIn(state: CellState) {
  const runs: (readonly string[])[] = [];
  const session = {
    run: async (cells: readonly string[]) => {
      runs.push(cells);
    },
  };
  return { session, view: { id: "kinds", state }, runs };
}

test("what is asked for while the first is still computed is computed with it, for a newer run ends an older one", () => {
  const cell = cellIn("fresh");
  const asked = new Asked(cell);
  asked.ask("_choice");
  expect(asked.isComing("_choice")).toBe(false);
  cell.view.state = "running";
  expect(asked.isComing("_choice")).toBe(true);
  asked.ask("_rules");
  // It comes already.
  asked.ask("_rules");
  expect(cell.runs).toEqual([["kinds_choice"], ["kinds_choice", "kinds_rules"]]);
  expect(asked.after([])).toEqual(["kinds", "kinds_choice", "kinds_rules"]);
});

test("what a run that has ended was asked for is not asked for again, but for what is shown", () => {
  const cell = cellIn("fresh");
  const asked = new Asked(cell);
  asked.ask("_choice");
  asked.ask("_rules");
  expect(cell.runs).toEqual([["kinds_choice"], ["kinds_rules"]]);
  expect(asked.after(["_choice"])).toEqual(["kinds", "kinds_choice"]);
});
