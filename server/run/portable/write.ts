import { parseRule } from "../../language/parse-rule.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import { didYouMean } from "../../notebook/nearest.ts";
import { own } from "../../notebook/own.ts";
import type { WriteFormat } from "../../portable/formats.ts";
import { writeRule } from "../../portable/write.ts";
import type { Ask } from "../asks.ts";
import type { Plan } from "../plan.ts";
import { problemMaker } from "../studied.ts";
import { rulesCell } from "./segment.ts";
import { segmentSql } from "./sql.ts";
import type { PortableText } from "./view.ts";

export interface WriteSegmentAsk extends Ask {
  readonly cell: string;
  readonly segment: string;
  readonly format: WriteFormat | "sql";
  /** Our names → theirs. */
  readonly map: Readonly<Record<string, string>>;
}

/** A segment's rule as another tool has it. */
export async function writeSegment(plan: Plan, ask: WriteSegmentAsk): Promise<PortableText | Problem> {
  const found = await rulesCell(plan, ask.cell);
  if (isProblem(found)) return found;
  const { studied, body, vocabulary } = found;
  const problem = problemMaker(studied.cell);
  const names = [...Object.keys(body.segments), ...(body.otherwise === null ? [] : [body.otherwise])];
  if (!names.includes(ask.segment)) {
    const message = `\`${ask.cell}\` has no segment \`${ask.segment}\`.`;
    return problem({
      code: "unknown-segment",
      message,
      hint: didYouMean(ask.segment, names, `It has ${names.join(", ")}.`),
    });
  }
  if (ask.format === "sql") return segmentSql(plan, found, ask.segment);
  const text = own(body.segments, ask.segment);
  if (text === undefined) {
    const hint = "Write a rule for it, such as NOT of the others.";
    return problem({ code: "no-rule", message: `\`${ask.segment}\` is who is left, and has no rule.`, hint });
  }
  const { rule, problems } = parseRule(text, vocabulary);
  const [slip] = problems;
  if (rule === null || slip !== undefined) {
    const { code, message, hint } = slip ?? {
      code: "no-rule",
      message: "The rule can't be read.",
      hint: "Look at it.",
    };
    return problem({ code, message: `\`${ask.segment}\`: ${message}`, hint });
  }
  const { name, zone, map } = { name: ask.segment, zone: plan.clock.zone, map: new Map(Object.entries(ask.map)) };
  const written = writeRule(ask.format, rule, { name, vocabulary, zone, map });
  return { ...written, remarks: [...written.remarks, ...besides(plan, found, ask.segment)] };
}

/** What bears on who is in besides the rule itself. */
function besides(
  { notebook }: Plan,
  { body }: { body: { exclusive: boolean; segments: Record<string, string> } },
  segment: string,
) {
  const place = Object.keys(body.segments).indexOf(segment);
  const note = { severity: "note" as const, at: segment };
  const excluded = notebook.head.exclude;
  return [
    ...(body.exclusive && place > 0
      ? [
          {
            ...note,
            code: "first-match",
            message: "In this cell the first rule that takes a person counts; the rule alone takes more.",
            hint: "Add NOT of the rules above it.",
          },
        ]
      : []),
    ...(excluded === null
      ? []
      : [
          {
            ...note,
            code: "head-exclude",
            message: `The head leaves out whoever is \`${excluded}\`; the rule alone does not.`,
            hint: "Leave the same people out there.",
          },
        ]),
  ];
}
