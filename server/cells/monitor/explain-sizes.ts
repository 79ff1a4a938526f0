import { type FoundAlert, retold } from "../../monitor/explain/alert.ts";
import { editCause } from "../../monitor/explain/people.ts";
import type { RunContext } from "../kind.ts";
import { countEdits } from "./count-people.ts";
import type { ToExplain } from "./explain-alerts.ts";

/** The alerts, those of sizes with whether an edited rule brought or took them. */
export async function explainSizes(
  alerts: readonly FoundAlert[],
  { body, sends }: Pick<ToExplain, "body" | "sends">,
  context: RunContext,
): Promise<readonly FoundAlert[]> {
  const sizes = alerts.filter(({ tier, metric }) => tier !== "watch" && metric === "size");
  if (sizes.length === 0 || sends === null) return alerts;
  const asked = { ids: sends.count.ids, period: body.period, midnight: "ends" } as const;
  const edits = await countEdits(sizes, asked, context);
  const causes = sizes.map((alert, i) => {
    const edit = edits.get(i);
    return edit === undefined ? null : editCause(edit, alert.rate_before);
  });
  return alerts.map((alert) => {
    const cause = causes[sizes.indexOf(alert)] ?? null;
    return cause === null ? alert : retold(alert, { causes: [...alert.finding.causes, cause] });
  });
}
