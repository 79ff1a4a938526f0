import { describe, expect, test } from "vitest";
import { kindOf } from "../../../server/cells/kinds.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { bodyShapes } from "../../../web/notebook/completing/body-shapes.ts";
import { type Shape, shapeAt } from "../../../web/notebook/completing/shape.ts";

/** Keys that the reader of a kind says it knows, where a key is not one of them. */
function knownKeys(kind: string, body: string): string[] {
  const notebook = parseNotebook(`---\nsegbook: 1\n---\n\n\`\`\`${kind} it\n${body}\n\`\`\`\n`);
  const [cell] = notebook.cells;
  if (cell === undefined) throw new Error("no cell");
  const reading = kindOf(kind)?.read(cell, notebook.head, []);
  const hints = reading?.ok === false ? reading.problems.filter(({ code }) => code === "unknown-key") : [];
  return [...(hints[0]?.hint ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "").sort();
}

const keysOf = (shape: Shape | null | undefined) => Object.keys(shape?.keys ?? {}).sort();

describe("keys that are offered are those that the kind reads", () => {
  test.each(Object.keys(bodyShapes).filter((kind) => kind !== "transform"))("%s", (kind) => {
    expect(keysOf(bodyShapes[kind])).toEqual(knownKeys(kind, "zzzzzzzz: 1"));
  });

  test.each([
    ["source", ["csv"], "csv: {zzzzzzzz: 1}"],
    ["source", ["columns", "a"], "columns: {a: {zzzzzzzz: 1}}"],
    ["source", ["events"], "events: {zzzzzzzz: 1}"],
    ["score", ["points", 0], "points: [{zzzzzzzz: 1}]"],
    ["monitor", ["columns"], "columns: {zzzzzzzz: 1}"],
  ] as const)("%s, below %s", (kind, path, body) => {
    expect(keysOf(shapeAt(bodyShapes[kind] ?? null, path))).toEqual(knownKeys(kind, body));
  });
});

describe("values that are offered are accepted", () => {
  const wholes: Readonly<Record<string, string>> = {
    source: "files: a.csv\nat: b",
    cluster: "of: a\ncolumns: [b]",
    input: "type: text\ndefault: a\noptions: [a]",
    segments: "of: a\nsegments: {A: b > 1}",
    monitor: "counts: a",
  };
  const cases = Object.entries(wholes).flatMap(([kind, whole]) =>
    Object.entries(bodyShapes[kind]?.keys ?? {}).flatMap(([key, { value }]) =>
      typeof value === "object" && !whole.includes(`${key}:`) ? [{ kind, key, whole, values: value.oneOf }] : [],
    ),
  );

  test.each(cases)("$kind: $key", ({ kind, key, whole, values }) => {
    for (const value of values) {
      const written = key === "metrics" ? `[${value}]` : value;
      const notebook = parseNotebook(
        `---\nsegbook: 1\n---\n\n\`\`\`${kind} it\n${whole}\n${key}: ${written}\n\`\`\`\n`,
      );
      const [cell] = notebook.cells;
      const reading = cell && kindOf(kind)?.read(cell, notebook.head, []);
      expect(reading?.ok === false ? reading.problems.filter((each) => each.message.includes(key)) : []).toEqual([]);
    }
  });
});
