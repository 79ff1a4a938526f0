import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Column, Vocabulary } from "../../../server/language/vocabulary.ts";
import { type Json, parseJson } from "../../../server/portable/json.ts";
import { readLogic } from "../../../server/portable/jsonlogic/read.ts";
import { readingIn } from "../../../server/portable/read.ts";
import { sharedData } from "../../shared-data.ts";
import { holds, type Row } from "../language/interpreter.ts";
import { today } from "../language/shop.ts";

const folder = sharedData("rules_jsonlogic");

interface Case {
  readonly description: string;
  readonly rule: Json;
  readonly data?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** What becomes of a case: it agrees, or it is left out for a reason. */
type Outcome = "agrees" | `left out: ${string}` | `differs: ${string}`;

/** The conformance suites, through the importer: what is read must come to the truth that the suite expects. */
describe.skipIf(folder === null)("JsonLogic's suites", () => {
  const cases = folder === null ? [] : suites(`${folder}/suites`);
  const outcomes = cases.map(({ suite, one }) => ({ suite, one, outcome: outcomeOf(one) }));

  test("come to what they expect, case by case, wherever they ask what a rule can ask", () => {
    expect(outcomes.filter(({ outcome }) => outcome.startsWith("differs"))).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === "agrees").length).toBeGreaterThanOrEqual(AGREE);
  });

  test("leave out the others for a reason: all are listed, and counted", async () => {
    const lines = outcomes.flatMap(({ suite, one, outcome }) =>
      outcome === "agrees" ? [] : [`${suite}: ${one.description}: ${outcome.replace("left out: ", "")}`],
    );
    const reasons = new Map<string, number>();
    for (const { outcome } of outcomes) reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
    const counts = [...reasons].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${count} ${outcome}`);
    expect(cases.length).toBe(1138);
    await expect(`${counts.join("\n")}\n\n${lines.join("\n")}\n`).toMatchFileSnapshot("jsonlogic-left-out.txt");
  });
});

const AGREE = 232;

function outcomeOf({ rule, data, result, error }: Case): Outcome {
  if (error !== undefined) return "left out: expects an error";
  const row = rowOf(data);
  const vocabulary = vocabularyOf(row, rule);
  const reading = readingIn({ vocabulary, zone: "UTC", map: new Map() });
  if ([...names(rule)].some((name) => isNested(data, name)))
    return "left out: an attribute that is an object or a list";
  const logic = readLogic(reading, rule, { at: "$", depth: 0 });
  const [refusal] = reading.remarks.list;
  if (logic === null || reading.remarks.hasErrors) return `left out: ${reasonOf(refusal?.message ?? "")}`;
  const found = typeof logic === "boolean" ? logic : holds({ vocabulary, clock: today, relations: {} }, row, logic);
  if (found === truthy(result)) return "agrees";
  return `differs: ${JSON.stringify({ rule, data, result, found })}`;
}

function reasonOf(message: string): string {
  const operator = /^`([^`]+)` (.+)\.$/.exec(message);
  if (operator !== null) return operator[2] ?? "";
  if (message.includes("coercions")) return "rests on JavaScript's coercions";
  return message.replace(/`[^`]*`|, not .*$|\{.*\}|\[.*\]|"[^"]*"|-?\d[\d.]*/g, "…");
}

function isNested(data: unknown, name: string): boolean {
  const value =
    name === ""
      ? data
      : name.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown> | null)?.[step], data);
  return typeof value === "object" && value !== null;
}

function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Nested data as one row: `cart.total`, `items.0`. */
function rowOf(data: unknown, prefix = ""): Row {
  if (typeof data !== "object" || data === null) return {};
  return Object.assign(
    {},
    ...Object.entries(data).map(([key, value]) =>
      typeof value === "object" && value !== null ? rowOf(value, `${prefix}${key}.`) : { [`${prefix}${key}`]: value },
    ),
  );
}

/** Attributes of the data's types, and those that the rule alone names, whose type nobody knows. */
function vocabularyOf(row: Row, rule: Json): Vocabulary {
  const typed: Column[] = Object.entries(row).map(([name, value]) => ({
    name,
    type: { number: "DOUBLE", string: "VARCHAR", boolean: "BOOLEAN" }[typeof value as "number"] ?? "VARCHAR",
  }));
  const missing = [...names(rule)].filter((name) => !typed.some((column) => column.name === name));
  const untyped = missing.map((name) => ({ name, type: "INTEGER[]" }));
  return { attributes: [...typed, ...untyped], events: [], segments: [], inputs: [], provisional: missing.length > 0 };
}

function names(rule: Json, found = new Set<string>()): Set<string> {
  if (Array.isArray(rule)) for (const part of rule) names(part as Json, found);
  else if (typeof rule === "object" && rule !== null)
    for (const [key, value] of Object.entries(rule)) {
      const path = Array.isArray(value) ? value : [value];
      if ((key === "var" || key === "val") && path.every((step) => typeof step !== "object")) found.add(path.join("."));
      if (key === "missing") for (const name of path.flat()) found.add(String(name));
      names((value ?? null) as Json, found);
    }
  return found;
}

function suites(root: string): { suite: string; one: Case }[] {
  const files = readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".json") && file !== "index.json");
  return files.sort().flatMap((suite) => {
    const parsed = parseJson(
      readFileSync(`${root}/${suite}`, "utf8"),
      readingIn({
        vocabulary: { attributes: [], events: [], segments: [], inputs: [], provisional: false },
        zone: "UTC",
        map: new Map(),
      }).remarks,
    );
    const list = (parsed?.value ?? []) as unknown as (Case | string)[];
    return list.flatMap((one) => (typeof one === "string" ? [] : [{ suite, one }]));
  });
}
