import { resolveMoment } from "../language/moment.ts";
import type { InputValue } from "../language/vocabulary.ts";
import type { Head, Problem } from "../notebook/model.ts";

export interface MomentRequest {
  readonly head: Head;
  readonly inputs: readonly InputValue[];
  /** Given from outside, such as by `--as-of`; goes before the head's. */
  readonly given: string | null;
  /** What `now` means: milliseconds since 1970. */
  readonly now: number;
}

/** The moment after which nothing counts, in milliseconds since 1970, or what is wrong with it. */
export function momentOf(request: MomentRequest): { asOf: number; problem: Problem | null } {
  const written = request.given ?? request.head.as_of;
  const text = written.startsWith("$") ? inputText(written.slice(1), request.inputs) : written;
  if (text === "now") return { asOf: request.now, problem: null };
  const moment = text === null ? null : resolveMoment(text, request.head.timezone);
  if (moment !== null) return { asOf: moment, problem: null };
  const message =
    text === null
      ? `\`as_of\` names the input \`${written}\`, which this notebook does not have.`
      : `\`as_of\` is \`${written}\`, which is neither a date, a time, an input as \`$id\`, nor \`now\`.`;
  const hint = "Write `as_of: 2026-10-31`, `as_of: $as_of` with an input cell of that id, or leave it out for now.";
  return {
    asOf: request.now,
    problem: { code: "as-of", severity: "error", cell: null, line: 1, column: 1, message, hint },
  };
}

function inputText(id: string, inputs: readonly InputValue[]): string | null {
  const input = inputs.find((candidate) => candidate.name === id);
  return input === undefined || input.value === null ? null : String(input.value);
}
