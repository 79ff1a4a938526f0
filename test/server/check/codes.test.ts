import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CODES } from "../../../server/check/codes.ts";
import { referenceTable } from "../../../server/check/reference.ts";
import { projectRoot } from "../../workspace.ts";

/** Rooms whose problems reach `check`: those of planning, of results and state that are kept, and its own. */
const ROOMS = ["notebook", "language", "cells", "cluster", "engine", "run", "store", "check"];

/** Files whose problems answer a call, and are never a notebook's. */
const CALLS =
  /^(notebook\/edit|run\/(lock|rename|compare|person|forecast|portable|preview|replay)\/|run\/(locate|cohort|page|settings|links|behind|evidence|profile)\.ts|check\/codes)/;

/** Codes that are put together from parts. */
const MADE: Readonly<Record<string, readonly string[]>> = {
  "yaml-": ["tag", "anchor", "alias", "directive"],
  "sql-": ["syntax", "binder", "catalog", "conversion", "memory", "permission", "io", "other"],
  "broken-": ["required", "min", "max", "matches", "one-of"],
  "monitor-": ["binder", "conversion", "memory", "other"],
  "engine-": ["memory", "io", "other"],
  "limit-": ["memory", "temp", "rows", "seconds"],
};

function sources(): { file: string; text: string }[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(projectRoot, "server", room), { recursive: true })
      .map((name) => `${room}/${String(name)}`)
      .filter((file) => file.endsWith(".ts") && !CALLS.test(file))
      .map((file) => ({ file, text: readFileSync(join(projectRoot, "server", file), "utf8") })),
  );
}

it("every code that check may print has one row", () => {
  const known = new Set(CODES.map(({ code }) => code));
  expect(known.size).toBe(CODES.length);
  // What a source's audit finds becomes a warning of the same name.
  const audited = sources()
    .filter(({ file }) => file.startsWith("cells/source/"))
    .flatMap(({ text }) =>
      [...text.matchAll(/\bcheck: "(\w+)",\s+column: [^,]+,\s+severity: "warning"/g)].map(([, check = ""]) => check),
    );
  expect(audited.filter((check) => !known.has(check.replaceAll("_", "-")))).toEqual([]);
  const missing = sources().flatMap(({ file, text }) => {
    const written = text.matchAll(
      /\bcode: (?:[^;,{}]*\? )?"([a-z][a-z0-9-]*)"(?: : "([a-z][a-z0-9-]*)")?|\b(?:fault|fail|warn)\(\s*"([a-z]+(?:-[a-z]+)+)"/g,
    );
    const codes = [...written].flatMap(([, one, other, called]) =>
      [one, other, called].filter((code) => code !== undefined),
    );
    return codes.filter((code) => code !== "custom" && !known.has(code)).map((code) => `${code} in ${file}`);
  });
  expect(missing).toEqual([]);
});

it("codes that are put together have their rows", () => {
  const known = new Set(CODES.map(({ code }) => code));
  const stems = sources().flatMap(({ text }) =>
    [...text.matchAll(/code: `([a-z]+-)\$\{/g)].map(([, stem]) => stem ?? ""),
  );
  expect([...new Set(stems)].sort()).toEqual(Object.keys(MADE).sort());
  for (const [stem, ends] of Object.entries(MADE)) for (const end of ends) expect(known).toContain(stem + end);
});

it("every code of the table stands somewhere in the source", () => {
  const text = sources()
    .map((source) => source.text)
    .join("\n");
  const made = new Set(Object.entries(MADE).flatMap(([stem, ends]) => ends.map((end) => stem + end)));
  const dead = CODES.filter(
    ({ code }) => !made.has(code) && !text.includes(`"${code}"`) && !text.includes(`"${code.replaceAll("-", "_")}"`),
  );
  expect(dead.map(({ code }) => code)).toEqual([]);
});

it("the README has the table as it is", () => {
  // write-reference.ts beside this file puts it there.
  const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
  expect(readme).toContain(referenceTable(CODES));
});
