import type { Cause } from "../segments/membership/model.ts";

const WORDS: Readonly<Record<Cause, string>> = {
  "first refresh": "there when it was first recorded",
  data: "their data is another",
  "late data": "data came late or was corrected",
  time: "time passed",
  behaviour: "what they did",
  upstream: "what the segment is made of is defined otherwise",
  rule: "the segment is defined otherwise",
  control: "held out, or no longer",
  unknown: "nobody can tell",
};

/** Why somebody came or went, in words. */
export function causeWords(cause: Cause): string {
  return WORDS[cause];
}
