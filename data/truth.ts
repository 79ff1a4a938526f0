import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ARCHETYPES } from "./archetypes.ts";
import type { Connection } from "./database.ts";
import { PLANTED_FALL } from "./planted-fall.ts";
import { PLANTED_MACHINE_OPENS } from "./planted-machine-opens.ts";
import { PLANTED_MIX_SHIFT } from "./planted-mix-shift.ts";
import { literal } from "./randomness.ts";

/** What was planted, for tests alone: archetypes.parquet (customer_id, archetype) and truth.json. */
export async function writeTruth(
  connection: Connection,
  plan: { readonly truth: string; readonly customers: number; readonly seed: number },
): Promise<void> {
  const file = join(plan.truth, "archetypes.parquet");
  await connection.run(
    `COPY (SELECT customer_id, archetype FROM people ORDER BY customer_id) TO ${literal(file)} (FORMAT parquet)`,
  );
  const archetypes: Record<string, number> = {};
  for (const { name } of ARCHETYPES) {
    archetypes[name] = await connection.count(`SELECT count(*) FROM people WHERE archetype = ${literal(name)}`);
  }
  const planted = { fall: PLANTED_FALL, mixShift: PLANTED_MIX_SHIFT, machineOpens: PLANTED_MACHINE_OPENS };
  const truth = { customers: plan.customers, seed: plan.seed, archetypes, ...planted };
  await writeFile(join(plan.truth, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
}
