import { type Cursor, fail, hope, peek, phraseAt, report, shown, since, skipPhrase } from "./cursor.ts";
import { readDuration, readQuantity } from "./parse-duration.ts";
import { startsNumber } from "./parse-operand.ts";
import { readStepName, type StepName } from "./parse-step.ts";
import { readWhere } from "./parse-where.ts";
import { readWindow, startsWindow } from "./parse-window.ts";
import type { EventCondition, Step, Times, Window } from "./tree.ts";
import { unitOf } from "./words.ts";

/** An event, how often and when; or a sequence of events. The cursor stands on the first event's name. */
export function readEventCondition(c: Cursor): EventCondition | null {
  const name = readStepName(c);
  if (!name) return null;
  const from = name.from;
  const tail = readTail(c, name, "times");
  if (!tail) return null;
  if (!tail.times && !tail.window) hope(c, { slot: "words", words: ["then"] });
  if (phraseAt(c, c.at, "then")) {
    const misplaced = tail.times ?? tail.window;
    if (!misplaced) return readSequence(c, tail.step);
    return fail(c, misplaced, {
      code: "misplaced-window",
      message: "In a sequence there is one window for all steps, and no number of times.",
      hint: "Put the window at the end: `viewed product then placed order within 3 days in last 90 days`.",
    });
  }
  return { kind: "happened", ...tail, ...since(c, from) };
}

export interface Tail {
  readonly step: Step;
  readonly times: Times | null;
  readonly window: Window | null;
}

/** WHERE, times and window in any order, each at most once. `times` where the event stands as a condition of its own. */
export function readTail(c: Cursor, name: StepName, allowed: "times" | "window" | "where"): Tail | null {
  let step: Step = {
    words: name.event.words,
    relation: name.event.relation,
    marked: name.marked,
    where: null,
    from: name.from,
    to: name.to,
  };
  let times: Times | null = null;
  let window: Window | null = null;
  while (true) {
    const here = peek(c);
    const known = step.relation !== "";
    if (known && !step.where) hope(c, { slot: "where" });
    if (known && !window && allowed !== "where") hope(c, { slot: "window" });
    if (known && !times && allowed === "times") hope(c, { slot: "times" });
    if (phraseAt(c, c.at, "where")) {
      if (step.where) return fail(c, here, twice("WHERE", "Join the conditions with AND behind one WHERE."));
      const where = readWhere(c, name.event);
      if (!where) return null;
      step = { ...step, where, to: since(c, step.from).to };
    } else if (allowed !== "where" && startsWindow(c, c.at) && !(allowed === "window" && startsBounds(c))) {
      if (window)
        return fail(
          c,
          here,
          twice("window", "Two windows on one condition can't both hold; use two conditions joined by AND."),
        );
      window = readWindow(c);
      if (!window) return null;
    } else if (allowed === "times" && startsTimes(c)) {
      if (times) return fail(c, here, twice("number of times", "Use two conditions joined by AND."));
      times = readTimes(c);
      if (!times) return null;
    } else {
      return { step, times, window };
    }
  }
}

/** `count of … between 3 and 5` bounds the count; between dates it is a window. */
function startsBounds(c: Cursor): boolean {
  if (!phraseAt(c, c.at, "between")) return phraseAt(c, c.at, "not between") > 0;
  const low = peek(c, 1);
  if (low.kind !== "input") return startsNumber(c, c.at + 1);
  return c.vocabulary.inputs.some((input) => input.name === low.text && input.type === "number");
}

function twice(what: string, hint: string) {
  const code = { WHERE: "two-wheres", window: "two-windows" }[what] ?? "two-times";
  return { code, message: `This is the second ${what} of one condition.`, hint };
}

const HOWS = ["at least", "at most", "exactly", "more than", "fewer than"] as const;

function startsTimes(c: Cursor): boolean {
  return phraseAt(c, c.at, "never") > 0 || HOWS.some((how) => phraseAt(c, c.at, how) > 0);
}

function readTimes(c: Cursor): Times | null {
  const { from } = peek(c);
  if (skipPhrase(c, "never")) return { how: "never", count: null, ...since(c, from) };
  const how = HOWS.find((phrase) => skipPhrase(c, phrase)) ?? "exactly";
  const count = readQuantity(c, "a number of times");
  if (!count) return null;
  hope(c, { slot: "words", words: ["times"] });
  if (how === "more than") hope(c, { slot: "unit", tail: " ago" });
  if (skipPhrase(c, "times") || skipPhrase(c, "time")) return { how, count, ...since(c, from) };
  const unit = unitOf(peek(c).text) ? " A window is `in last 30 days` or `more than 30 days ago`." : "";
  return fail(c, peek(c), {
    code: "expected-times",
    message: `The word TIMES was expected, not ${shown(c, peek(c))}.`,
    hint: `Write \`${how} ${count.kind === "number" ? count.value : `$${count.name}`} times\`.${unit}`,
  });
}

/** More steps than this are refused, since the steps' possible overlaps are counted one by one. */
const MOST_STEPS = 8;

function readSequence(c: Cursor, first: Step): EventCondition | null {
  const steps = [first];
  while (skipPhrase(c, "then")) {
    const name = readStepName(c);
    const tail = name && readTail(c, name, "where");
    if (!tail) return null;
    steps.push(tail.step);
  }
  if (steps.length > MOST_STEPS) {
    report(c, since(c, first.from), {
      code: "too-many-steps",
      message: `A sequence has at most ${MOST_STEPS} steps; this one has ${steps.length}.`,
      hint: "Leave out steps, or use two sequences joined by AND.",
    });
  }
  // WITHIN and the window may come in either order, as times and window may.
  let window: Window | null = null;
  hope(c, { slot: "words", words: ["within", "then"] });
  if (startsWindow(c, c.at) && !phraseAt(c, c.at, "within")) {
    window = readWindow(c);
    if (!window) return null;
  }
  if (!skipPhrase(c, "within")) {
    return fail(c, peek(c), {
      code: "expected-within",
      message: `A sequence needs WITHIN and a stretch of time; here stands ${shown(c, peek(c))}.`,
      hint: "Write `viewed product then placed order within 3 days`.",
    });
  }
  const within = readDuration(c);
  if (!within) return null;
  if (!window) hope(c, { slot: "window" });
  if (startsWindow(c, c.at)) {
    if (window) return fail(c, peek(c), twice("window", "A sequence has one window, which covers all of its steps."));
    window = readWindow(c);
    if (!window) return null;
  }
  return { kind: "sequence", steps, within, window, ...since(c, first.from) };
}
