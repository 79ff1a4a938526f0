import { subjectWords } from "../../server/figures/living-alerts.ts";
import type { AlertAction, AlertView } from "../../server/run/alerts/view.ts";
import type { Alerts } from "./alerts.ts";
import type { Notices } from "./notices.ts";

const DONE: Readonly<Record<AlertAction["do"], string>> = {
  acknowledge: "acknowledged",
  snooze: "snoozed",
  close: "closed",
  reopen: "open again",
};

/** What a person decides of alerts, wherever they stand, said at the page's edge with a way back. */
export class Decisions {
  constructor(
    readonly alerts: Alerts,
    private readonly notices: Notices,
  ) {}

  async act(alert: AlertView, action: AlertAction): Promise<void> {
    if (await this.alerts.act(alert.id, action)) this.say(`${subjectWords(alert)}: ${DONE[action.do]}.`);
  }

  /** Takes back what was done last. */
  async takeBack(): Promise<void> {
    const entry = this.alerts.view?.undoable ?? null;
    if (entry !== null && (await this.alerts.undo())) this.notices.say(`Taken back: ${entry.text}`);
  }

  /** Says what was done, and offers to take it back. */
  say(words: string): void {
    this.notices.say(words, { label: "Undo", act: () => void this.alerts.undo() });
  }
}
