import { EngineFailure } from "../../engine/engine.ts";
import { describeRule } from "../../language/describe.ts";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { ReadFormat } from "../../portable/formats.ts";
import type { Json } from "../../portable/json.ts";
import { type ReadContext, type ReadRule, readRule } from "../../portable/read.ts";
import { readSql } from "../../portable/sql/read.ts";
import type { Ask } from "../asks.ts";
import type { Plan } from "../plan.ts";
import { type ParsedCondition, parsedCondition } from "./parsed-condition.ts";
import { rulesCell } from "./segment.ts";
import type { PortableRule } from "./view.ts";

export interface ReadSegmentAsk extends Ask {
  /** The segments cell that the rule is for. */
  readonly cell: string;
  readonly format: ReadFormat;
  /** Text of the file. */
  readonly source: string;
  /** Their names → ours. */
  readonly map: Readonly<Record<string, string>>;
}

/** Somebody else's definition as a rule of a cell; nothing is written. */
export async function readSegment(plan: Plan, ask: ReadSegmentAsk): Promise<PortableRule | Problem> {
  const found = await rulesCell(plan, ask.cell);
  if (isProblem(found)) return found;
  const { clock, studies } = plan;
  const context = { vocabulary: found.vocabulary, zone: clock.zone, map: new Map(Object.entries(ask.map)) };
  const { rule, text, ...told } =
    ask.format === "sql"
      ? await fromSql(ask.source, context, studies.request)
      : readRule(ask.format, ask.source, context);
  return { ...told, rule: text, words: rule === null ? null : describeRule(rule, clock) };
}

async function fromSql(
  source: string,
  context: ReadContext,
  { engine, signal }: Plan["studies"]["request"],
): Promise<ReadRule> {
  const refused = (at: string, message: string): ReadRule => {
    const remark = {
      code: "sql-syntax",
      severity: "error" as const,
      at,
      message,
      hint: "Give one SELECT with WHERE, or the condition alone.",
    };
    return { rule: null, text: null, name: null, remarks: [remark], unknown: [] };
  };
  let parsed: ParsedCondition;
  try {
    parsed = await parsedCondition(source, { engine, signal });
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    return refused("$", error.message.split("\n")[0] ?? error.message);
  }
  const { statement, at, message } = parsed;
  return message === null ? readSql(statement as Json, context, at) : refused(at(null), message);
}
