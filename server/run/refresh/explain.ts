import type { Explained } from "../../segments/membership/changes.ts";
import type { Cause, Manifest } from "../../segments/membership/model.ts";
import type { History } from "../membership/read.ts";
import { type CellStep, type Circumstances, stepsSince } from "./circumstances.ts";
import { type People, peopleOf, slottedSql } from "./people.ts";
import { slotsOf } from "./scope.ts";
import type { Tables } from "./tables.ts";

export interface ExplainOptions extends Omit<Circumstances, "history"> {
  /** Null before the first refresh. */
  readonly history: History | null;
  readonly manifest: Manifest;
  readonly people: readonly People[];
  readonly slots: Manifest["slots"];
  /** Cells that are gone. */
  readonly gone: readonly string[];
  readonly tables: Tables;
}

/** By which steps the changes of each segment are explained, and why they can't be, in sentences. */
export async function explanations(
  moved: readonly number[],
  options: ExplainOptions,
): Promise<{ groups: Explained[]; untold: string[] }> {
  const { history, manifest, people, slots, gone } = options;
  const groups: Explained[] = [];
  const untold = new Set<string>();
  const at = (which: readonly number[], cause: Cause) => {
    const causes = new Map(which.map((slot) => [slot, cause]));
    if (which.length > 0) groups.push({ slots: which, steps: [{ table: null, causes }] });
  };
  const cellOf = (slot: number) => slots[slot]?.cell ?? "";
  const isFirst = (slot: number) => slot >= manifest.slots.length;
  const isAnew = (slot: number) => gone.includes(cellOf(slot)) || manifest.cells[cellOf(slot)] === undefined;
  at(moved.filter(isFirst), "first refresh");
  at(
    moved.filter((slot) => !isFirst(slot) && isAnew(slot)),
    "rule",
  );
  const rest = moved.filter((slot) => !isFirst(slot) && !isAnew(slot));
  const cells = people.filter(({ studied }) => rest.some((slot) => cellOf(slot) === studied.cell.id));
  const lastOf = ({ studied }: People) => manifest.cells[studied.cell.id]?.refresh ?? 0;
  for (const refresh of new Set(cells.map(lastOf))) {
    if (history === null) throw new Error("a cell was recorded in no history");
    const own = cells.filter((one) => lastOf(one) === refresh);
    const around = { ...options, history };
    const studied = own.map((one) => one.studied);
    const steps = await stepsSince(refresh, studied, around);
    for (const one of own) {
      const { id } = one.studied.cell;
      const which = rest.filter((slot) => cellOf(slot) === id);
      const found = steps.get(id) ?? { why: "" };
      if ("steps" in found) groups.push({ slots: which, steps: await stepTables(found.steps, which, one, options) });
      else {
        if (found.why !== "") untold.add(found.why);
        at(which, "unknown");
      }
    }
  }
  return { groups, untold: [...untold] };
}

/** Who was in after each step, as tables. */
async function stepTables(
  steps: readonly CellStep[],
  which: readonly number[],
  one: People,
  { slots, plan, tables }: ExplainOptions,
): Promise<Explained["steps"]> {
  const made: Explained["steps"][number][] = [];
  const { cache } = plan.studies.request;
  for (const { world, cause } of steps) {
    const causes = new Map(which.map((slot) => [slot, cause(slots[slot]?.segment ?? "")]));
    const then = world === null ? null : peopleOf(world.studied, world.stored, plan.notebook.head.entity);
    const nobody = `SELECT 0 AS slot, NULL::${one.keyType} AS entity WHERE false`;
    const numbers = slotsOf(slots, one.studied.cell.id);
    const sql = then === null ? nobody : slottedSql({ ...then, keyType: one.keyType }, numbers, cache);
    made.push({ table: world === null ? null : await tables.make("step", sql), causes });
  }
  return made;
}
