import { name as quoted } from "../../language/quote.ts";
import type { Fault, RunContext } from "../kind.ts";
import type { MonitorBody } from "./schema.ts";

/** Below this share of what comes at all, cohorts are judged too early. */
const ENOUGH = 0.9;

/** Of so few a share says little. */
const LEAST = 50;

/** What share of opens and clicks comes within `mature_after`, by cohorts of which hardly anything comes any more. */
export async function maturityNotes(table: string, body: MonitorBody, { engine, signal }: RunContext): Promise<Told[]> {
  if (body.sends === null) return [];
  const [row] = await engine.rows({
    sql: `
      SELECT sum(opened - machine_opened)::DOUBLE AS opens, sum(late_opens)::DOUBLE AS late_opens,
        sum(clicked)::DOUBLE AS clicks, sum(late_clicks)::DOUBLE AS late_clicks
      FROM ${quoted(table)} WHERE settled`,
    signal,
  });
  const shares = (["opens", "clicks"] as const).flatMap((what) => {
    const [early, late] = [Number(row?.[what] ?? 0), Number(row?.[`late_${what}`] ?? 0)];
    return early + late < LEAST ? [] : [{ what, share: early / (early + late) }];
  });
  if (shares.length === 0) return [];
  const said = shares.map(({ what, share }) => `${percent(share)} of ${what}`).join(" and ");
  const message = `${said} come within ${body.mature_after} of delivery, of those of cohorts that are two weeks older.`;
  if (shares.every(({ share }) => share >= ENOUGH)) {
    const hint =
      "A cohort is judged when it is that old. `late_opens` and `late_clicks` in the counts are those that come later.";
    return [{ code: "maturity", severity: "note", message, hint }];
  }
  const hint = "Cohorts are judged before much has come in: give `mature_after` more time.";
  return [{ code: "maturity-low", severity: "warning", message, hint }];
}

type Told = Fault & { readonly severity: "note" | "warning" };

/** Rounded down: what is not all is not called all. */
function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
