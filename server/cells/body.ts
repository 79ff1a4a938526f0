import { z } from "zod";
import type { InputValue } from "../language/vocabulary.ts";
import { parseBody } from "../notebook/body.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import { nearest } from "../notebook/nearest.ts";
import type { Reading } from "./kind.ts";
import { substitute } from "./substitute.ts";

type Path = readonly (string | number)[];

export interface ReadOptions {
  /** What `$name` may stand for; one without a value is at fault itself. */
  readonly inputs: readonly InputValue[];
  /** Which places of the body hold rules, whose text must not be cut by YAML. */
  readonly rules?: (path: Path) => boolean;
}

/** Reads a YAML body against its schema. Every slip is a Problem with the place in the file and the nearest known name. */
export function readYaml<Body>(cell: Cell, schema: z.ZodType<Body>, options: ReadOptions): Reading<Body> {
  const { inputs, rules = () => false } = options;
  const parsed = parseBody(cell, options.rules === undefined ? {} : { rules });
  if (parsed.value === null || parsed.problems.some((problem) => problem.severity === "error")) {
    return { ok: false, problems: parsed.problems, inputs: [] };
  }
  const { value, used, unknown } = substitute(parsed.value, inputs, rules);
  if (unknown.length > 0) {
    const known = inputs.map((input) => `\`$${input.name}\``).join(", ");
    const problems = unknown.map(({ name, path }) => {
      const hint = known === "" ? "This notebook has no inputs." : `Known inputs: ${known}.`;
      return problem(
        cell,
        "unknown-input",
        parsed.at([...path]),
        `\`$${name}\` is not an input of this notebook.`,
        hint,
      );
    });
    return { ok: false, problems, inputs: used };
  }
  if (used.some((name) => inputs.find((input) => input.name === name)?.value === null))
    return { ok: false, problems: [], inputs: used };
  const result = validate(schema, structuredClone(value));
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => explain(issue, schema, cell, { ...parsed, value }));
    return { ok: false, problems, inputs: used };
  }
  return {
    ok: true,
    value: {
      body: result.data,
      canonical: written(result.data),
      inputs: used,
      at: (path) => parsed.at([...path]),
      within: (path, offset) => within(cell, parsed.at([...path]), offset),
    },
  };
}

/**
 * The schema puts its own keys in one order; those that the writer chose stay as they stand: of exclusive segments the first
 * counts. Which findings are accepted changes no result.
 */
export function written(body: unknown): string {
  if (typeof body !== "object" || body === null || !("accept" in body)) return JSON.stringify(body);
  const { accept: _, ...rest } = body;
  return JSON.stringify(rest);
}

/** Keys that begin with `x_` are kept in the file and ignored here; every other unknown key is an error. */
function validate<Body>(schema: z.ZodType<Body>, value: unknown) {
  for (;;) {
    const result = schema.safeParse(value);
    if (result.success) return result;
    let dropped = false;
    for (const issue of result.error.issues) {
      if (issue.code !== "unrecognized_keys") continue;
      const holder = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
      for (const key of issue.keys.filter((name) => name.startsWith("x_"))) {
        delete (holder as Record<string, unknown>)[key];
        dropped = true;
      }
    }
    if (!dropped) return result;
  }
}

type Parsed = Omit<ReturnType<typeof parseBody>, "value"> & { readonly value: unknown };

function explain(issue: z.core.$ZodIssue, schema: z.ZodType, cell: Cell, parsed: Parsed): Problem[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const where = parsed.keyAt([...path, key]);
      const hint =
        near.length > 0
          ? `Did you mean ${near.map(ticked).join(" or ")}?`
          : `Known here: ${known.map(ticked).join(", ")}.`;
      return problem(cell, "unknown-key", where, `${ticked(key)} is not a key of ${label(cell, path)}.`, hint);
    });
  }
  const where = parsed.at(path);
  const isTyped = issue.code === "invalid_type" || issue.code === "invalid_union";
  if (isTyped && path.length > 0 && valueAt(parsed.value, path) === undefined) {
    const key = ticked(String(path.at(-1)));
    const message = `${label(cell, path.slice(0, -1))} needs ${key}.`;
    return [problem(cell, "missing-key", where, message, `Add ${key} with a value.`)];
  }
  const deepest = issue.code === "invalid_union" ? closest(issue) : null;
  if (deepest !== null)
    return explain({ ...deepest, path: [...issue.path, ...deepest.path] } as z.core.$ZodIssue, schema, cell, parsed);
  const found = valueAt(parsed.value, path);
  const shown = found === undefined ? "" : `, found ${JSON.stringify(found)?.slice(0, 80)}`;
  const near = issue.code === "invalid_value" ? nearest(String(found), issue.values.map(String)) : [];
  const hint =
    near.length > 0
      ? `Did you mean ${near.map(ticked).join(" or ")}?`
      : "Correct the value; the reference in the README lists what is allowed here.";
  return [problem(cell, "bad-value", where, `${label(cell, path)}: ${expectation(issue)}${shown}.`, hint)];
}

/** What was expected, in the schema's own words or in those of the library without its trimmings. */
function expectation({ message }: z.core.$ZodIssue): string {
  if (message === "Invalid input") return "another form of value was expected";
  return message
    .replace(/^Invalid (input|option): /, "")
    .replace(/, received .*$/, "")
    .replaceAll('"', "`")
    .replaceAll("|", ", ");
}

/** Of the branches of a union, the slip of the one that came furthest. */
function closest(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue | null {
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const deep = branches.flat().filter((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys");
  return deep.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

function problem(
  cell: Cell,
  code: string,
  place: { line: number; column: number },
  message: string,
  hint: string,
): Problem {
  return { code, severity: "error", cell: cell.id, line: place.line, column: place.column, message, hint };
}

function label(cell: Cell, path: Path): string {
  return path.length === 0 ? `the ${cell.kind} cell ${ticked(cell.id)}` : ticked(path.join("."));
}

function ticked(text: string): string {
  return `\`${text}\``;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === "object" ? (at as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

/** Names of the keys that a schema allows at a path. */
function knownKeys(schema: z.ZodType, path: Path): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion)
    return [...new Set(inner.options.flatMap((option) => knownKeys(option as z.ZodType, path)))];
  if (path.length === 0) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const [key, ...rest] = path;
  if (inner instanceof z.ZodObject) {
    const next = inner.shape[String(key)] as z.ZodType | undefined;
    return next === undefined ? [] : knownKeys(next, rest);
  }
  if (inner instanceof z.ZodArray) return knownKeys(inner.element as z.ZodType, rest);
  if (inner instanceof z.ZodRecord) return knownKeys(inner.valueType as z.ZodType, rest);
  return [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType);
  return schema;
}

/** The place of an offset into a scalar's text: on its own line, or in the block below a `|`. */
function within(cell: Cell, start: { line: number; column: number }, offset: number): { line: number; column: number } {
  const lines = cell.body.split(/\r\n|\n|\r/);
  const index = start.line - cell.bodyLine;
  const first = lines[index] ?? "";
  const opening = first.slice(start.column - 1).trimStart();
  if (!/^[|>]/.test(opening)) {
    const quote = /^["']/.test(opening) ? 1 : 0;
    return { line: start.line, column: start.column + quote + offset };
  }
  const body = lines.slice(index + 1);
  const indent = /^ */.exec(body.find((line) => line.trim() !== "") ?? "")?.[0].length ?? 0;
  let rest = offset;
  for (const [row, line] of body.entries()) {
    const length = Math.max(0, line.length - indent);
    if (rest <= length) return { line: start.line + 1 + row, column: indent + 1 + rest };
    rest -= length + 1;
  }
  return start;
}
