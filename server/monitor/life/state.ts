import type { AlertState, LivingAlert } from "./model.ts";

/** How an alert stands on a day, `YYYY-MM-DD`: what is snoozed wakes on its day, whether anything ran since or not. */
export function stateOf({ closed, decision, settled }: LivingAlert, today: string): AlertState {
  if (closed !== null || decision?.kind === "ended") return "closed";
  if (decision?.kind === "acknowledged") return "acknowledged";
  if (decision?.kind === "snoozed" && today < decision.until) return "snoozed";
  return settled ? "open" : "settling";
}
