import type { Problem } from "../notebook/model.ts";
import type { RunContext } from "./kind.ts";

/** How many people the head's `exclude` keeps out, and of what: `are in no segment`. */
export function excludedNote(people: number, words: string, context: RunContext): Problem {
  const message = `${people.toLocaleString("en")} people ${words}, by the head's \`exclude\`.`;
  const hint = "Change `exclude` in the head to let them in.";
  return context.problem({ code: "excluded", severity: "note", message, hint });
}
