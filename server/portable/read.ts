import { parseRule } from "../language/parse-rule.ts";
import { printRule } from "../language/print-rule.ts";
import type { Rule } from "../language/tree.ts";
import type { Vocabulary } from "../language/vocabulary.ts";
import type { ReadFormat } from "./formats.ts";
import { readHubSpot } from "./hubspot/read.ts";
import { type Json, parseJson } from "./json.ts";
import { readJsonLogic } from "./jsonlogic/read.ts";
import { readKlaviyo } from "./klaviyo/read.ts";
import { readPostHog } from "./posthog/read.ts";
import type { Reading } from "./reading.ts";
import { type Remark, Remarks, type UnknownName } from "./remark.ts";
import { readTree } from "./tree/read.ts";

export interface ReadContext {
  /** What the rule may speak of; every event with its columns. */
  readonly vocabulary: Vocabulary;
  /** IANA name of the notebook's zone. */
  readonly zone: string;
  /** Their names → ours. */
  readonly map: ReadonlyMap<string, string>;
}

export interface ReadRule {
  /** Null where something could not be read: nothing is taken in part. */
  readonly rule: Rule | null;
  /** The rule as the notebook has it. */
  readonly text: string | null;
  /** What it is called there; null where it has no name. */
  readonly name: string | null;
  readonly remarks: readonly Remark[];
  readonly unknown: readonly UnknownName[];
}

/** Reads one definition in the text of a file. SQL is read from the engine's parsed tree, by `readSql`. */
export function readRule(format: Exclude<ReadFormat, "sql">, text: string, context: ReadContext): ReadRule {
  const reading = readingIn(context);
  const parsed = parseJson(text, reading.remarks);
  if (parsed === null) return readResult(reading, null, null);
  const { rule, name } = READERS[format](reading, parsed.value);
  return readResult(reading, rule, name);
}

export interface Found {
  readonly rule: Rule | null;
  readonly name: string | null;
}

const READERS: Readonly<Record<Exclude<ReadFormat, "sql">, (reading: Reading, document: Json) => Found>> = {
  tree: (reading, document) => ({ rule: readTree(reading, document), name: null }),
  jsonlogic: (reading, document) => ({ rule: readJsonLogic(reading, document), name: null }),
  klaviyo: readKlaviyo,
  hubspot: readHubSpot,
  posthog: readPostHog,
};

export function readingIn({ vocabulary, zone, map }: ReadContext): Reading {
  return { vocabulary, zone, map, remarks: new Remarks(), unknown: [], count: { conditions: 0 } };
}

/** The rule in the notebook's words; where they don't read back without a problem, that is told and nothing is taken. */
export function readResult(reading: Reading, rule: Rule | null, name: string | null): ReadRule {
  const { remarks, unknown, vocabulary } = reading;
  const told = { name, unknown };
  if (rule === null || remarks.hasErrors) {
    if (!remarks.hasErrors)
      remarks.error("$", { code: "not-read", message: "The definition could not be read.", hint: "Please report it." });
    return { ...told, rule: null, text: null, remarks: remarks.list };
  }
  const text = printRule(rule);
  const { problems } = parseRule(text, vocabulary);
  for (const problem of problems) remarks.error(text.slice(problem.from, problem.to) || "$", problem);
  const isWell = problems.length === 0;
  return { ...told, rule: isWell ? rule : null, text: isWell ? text : null, remarks: remarks.list };
}
