import { html } from "lit";
import { momentWords } from "../../server/figures/settings.ts";
import { setHead } from "../../server/notebook/edit/set-head.ts";
import { own } from "../../server/notebook/own.ts";
import type { HistoryView } from "../../server/segments/history/view.ts";
import type { Session } from "../state/session.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** How the moment of a refresh stands to what was recorded; null where that is not known. */
export type Standing = "first" | "later" | "same" | "earlier" | null;

export function standingOf({ plan }: Session, history: HistoryView | null): Standing {
  if (plan === null || history === null) return null;
  const last = history.refreshes.at(-1);
  if (last === undefined) return "first";
  const ahead = Date.parse(plan.asOf) - Date.parse(last.asOf);
  return ahead > 0 ? "later" : ahead === 0 ? "same" : "earlier";
}

/** The moment that a refresh would tell of, as a field where it is a day, and how it stands to the last one. */
export function refreshMoment(session: Session, history: HistoryView | null) {
  const { timezone, as_of } = session.notebook.head;
  const chosen = chosenDay(session);
  const last = history?.refreshes.at(-1)?.asOf;
  const lastWords = last === undefined ? "" : momentWords(last, timezone);
  const standing = standingOf(session, history);
  const now = session.plan === null || as_of === "now" ? "now" : momentWords(session.plan.asOf, timezone);
  const said = {
    first: html`Nothing has been recorded yet: this is the first time.`,
    later: html`The last time was as of ${lastWords}.`,
    same: html`This moment has been recorded. Unless data or rules have changed since, there is nothing new to record${later(chosen)}.`,
    earlier: html`The last time was as of ${lastWords}, and a history goes forward only: no earlier moment can be recorded${later(chosen)}.`,
  };
  return html`<p>Runs what is stale, and records who is in which segment as of <b>${now}</b>: who came and went since the last time, and why.</p>
    ${chosen === null || session.file.readOnly ? "" : field(session, chosen)}
    <p role="status" class=${standing === "earlier" || standing === "same" ? "note" : ""}>${standing === null ? "" : said[standing]}</p>
    <p>What is recorded can't be taken back.</p>`;
}

interface ChosenDay {
  readonly day: string;
  readonly label: string;
  readonly about: string;
  readonly set: (day: string) => void;
}

function later(chosen: ChosenDay | null): string {
  return chosen === null ? ": set a later moment in the notebook's head" : ": choose a later day above";
}

/** The day that the head says, or the input that it names; null where it is a time of day, or now. */
function chosenDay(session: Session): ChosenDay | null {
  const { as_of } = session.notebook.head;
  if (DAY.test(as_of)) {
    return {
      ...{ day: as_of, label: "As of the end of", about: "Changing it changes the notebook's head." },
      set: (day) => {
        const text = setHead(session.file.text, "as_of", day);
        if (typeof text === "string") session.change(`Set as_of to ${day}`, text);
      },
    };
  }
  const input = session.plan?.inputs.find(({ id, type }) => `$${id}` === as_of && type === "date");
  if (input === undefined) return null;
  return {
    day: String(own(session.values, input.id) ?? input.value ?? ""),
    label: `As of the end of (${input.label})`,
    about: `It is the notebook's input ${input.id}.`,
    set: (day) => void session.setInput(input, day),
  };
}

function field(session: Session, { day, label, about, set }: ChosenDay) {
  const take = (event: Event) => {
    const { value } = event.target as HTMLInputElement;
    if (DAY.test(value) && value !== day) set(value);
  };
  return html`<label class="moment"
    >${label} <input type="date" .value=${day} ?disabled=${session.runner.running} @change=${take} /><small>${about}</small></label
  >`;
}
