import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { written } from "../body.ts";
import type { Read, Study, StudyContext, Yield } from "../kind.ts";
import { type Subject, studyRules, withExclude } from "../rules.ts";
import { contributionColumns } from "./contribution.ts";
import { outcomeColumns } from "./gains.ts";
import { studyOutcome } from "./outcome-rule.ts";
import { numberType, pointsName } from "./people.ts";
import { halfLives, type ScoreBody } from "./schema.ts";
import { spreadColumns } from "./spread.ts";

/** What a score cell reads and will yield, and what is wrong with its rules, their decay and its outcome. */
export async function studyScore(reading: Read<ScoreBody>, context: StudyContext): Promise<Study> {
  const { body } = reading;
  const { entity, undated, relations, ...rules } = await studyRules(
    subjectOf(reading, context.head.exclude),
    context,
    reading,
  );
  const outcome = await studyOutcome(reading, context);
  const words = Object.fromEntries(
    Object.entries(rules.words).map(([name, said]) => [name, withDecay(body, name, said)]),
  );
  return {
    yields: yieldsOf(body, entity),
    problems: [...rules.problems, ...undatedProblems(undated, reading, context), ...outcome.problems],
    usesTime: rules.usesTime || outcome.usesTime,
    usesSeed: false,
    words: outcome.words === null ? words : { ...words, outcome: outcome.words },
    head: ["entity", "week_starts", "exclude"],
    // Another outcome leaves the scores as they are.
    canonical: written({ ...body, outcome: null }),
    apart: {
      outcome: { canonical: reading.canonical, reads: outcome.relations.filter((name) => !relations.includes(name)) },
    },
  };
}

/** The cell's rules, and after them the head's `exclude`. */
export function subjectOf({ body }: Read<ScoreBody>, exclude: string | null): Subject {
  const lives = halfLives(body);
  const own = body.points.map(({ when }, index) => ({
    name: pointsName(index),
    text: when,
    path: ["points", index, "when"],
    isDated: lives[index] !== null,
  }));
  return { of: body.of, written: withExclude(own, exclude) };
}

export function suffixesOf(body: ScoreBody): string[] {
  return yieldsOf(body, null).map(({ suffix }) => suffix);
}

function yieldsOf(body: ScoreBody, entity: Column | null): Yield[] {
  const type = numberType(body);
  const points = body.points.map((_, index) => ({ name: pointsName(index), type }));
  const own = [{ name: "score", type }, { name: "band", type: "VARCHAR" }, ...points];
  return [
    { suffix: "", columns: entity === null ? null : [entity, ...own], part: "" },
    { suffix: "_scores", columns: spreadColumns(body), part: "" },
    { suffix: "_contribution", columns: contributionColumns(body), part: "" },
    ...(body.outcome === null ? [] : [{ suffix: "_outcome", columns: outcomeColumns, part: "outcome" }]),
  ];
}

function withDecay(body: ScoreBody, name: string, said: string): string {
  const index = body.points.findIndex((_, place) => pointsName(place) === name);
  const rule = body.points[index];
  if (rule === undefined || halfLives(body)[index] === null) return said;
  const decay = (rule.decay ?? body.decay ?? "")
    .trim()
    .toLowerCase()
    .replace(/^halve/, "halved");
  return `${said}; ${decay} since the newest of these events`;
}

/** A decay of the cell's passes over rules without events, and says so; one that a rule asks for itself is a slip. */
function undatedProblems(undated: readonly string[], reading: Read<ScoreBody>, context: StudyContext): Problem[] {
  return undated.flatMap((name) => {
    const index = reading.body.points.findIndex((_, place) => pointsName(place) === name);
    const own = reading.body.points[index]?.decay ?? null;
    const message = `The points of rule ${index + 1} can't fade: nothing that happened makes it true.`;
    const reason = "Attributes, segments, NEVER, AT MOST and FEWER THAN have no newest event.";
    const hint =
      own === null
        ? `${reason} They stay whole; \`decay: none\` beside the rule says that this is meant.`
        : `${reason} Take \`decay\` out, or name the event.`;
    const place = reading.at(own === null ? ["points", index, "when"] : ["points", index, "decay"]);
    return [
      context.problem({ code: "decay-without-event", severity: own === null ? "note" : "error", message, hint, place }),
    ];
  });
}
