import { describe, expect, test } from "vitest";
import { yamlPlace } from "../../../web/notebook/completing/yaml-place.ts";

/** Where `¦` stands. */
function place(marked: string) {
  const offset = marked.indexOf("¦");
  const body = marked.replace("¦", "");
  const found = yamlPlace(body, offset);
  const { path, what, typed, siblings, scalar } = found;
  expect(found.scalar?.offsets.at(-1) ?? offset).toBe(offset);
  return { path: path.join("."), what, typed, siblings, text: scalar?.text ?? null };
}

describe("a place in a YAML body", () => {
  test("is a key of the cell, with the keys that are there already", () => {
    expect(place("of: people\nseg¦")).toMatchObject({ path: "", what: "key", typed: "seg", siblings: ["of"] });
    expect(place("¦\nof: people\nk: 3")).toMatchObject({ path: "", what: "key", siblings: ["of", "k"] });
  });

  test("is a value behind its key", () => {
    expect(place("of: pe¦")).toMatchObject({ path: "of", what: "value", typed: "pe" });
    expect(place("csv:\n  decimal: ¦")).toMatchObject({ path: "csv.decimal", what: "value", typed: "" });
  });

  test("is a key further in, by its indent", () => {
    expect(place("columns:\n  amount:\n    type: BIGINT\n    mi¦")).toMatchObject({
      path: "columns.amount",
      what: "key",
      siblings: ["type"],
    });
    expect(place("columns:\n  amount: BIGINT\n  ¦")).toMatchObject({
      path: "columns",
      what: "key",
      siblings: ["amount"],
    });
    expect(place("columns:\n  amount: BIGINT\nk¦")).toMatchObject({ path: "", what: "key", siblings: ["columns"] });
  });

  test("is an item of a list, indented or not", () => {
    expect(place("dedupe:\n  - a\n  - b¦")).toMatchObject({ path: "dedupe.1", typed: "b" });
    expect(place("dedupe:\n- a\n- ¦")).toMatchObject({ path: "dedupe.1", typed: "" });
    expect(place("points:\n- when: a\n  add: 1\n- when: placed ¦")).toMatchObject({
      path: "points.1.when",
      what: "value",
      text: "placed ",
    });
    expect(place("points:\n  - when: a\n    ad¦")).toMatchObject({ path: "points.0", what: "key", siblings: ["when"] });
  });

  test("is inside brackets", () => {
    expect(place("dedupe: [a, b¦")).toMatchObject({ path: "dedupe.1", what: "value", typed: "b" });
    expect(place("columns:\n  amount: {type: DECIMAL, re¦}")).toMatchObject({
      path: "columns.amount",
      what: "key",
      typed: "re",
      siblings: ["type"],
    });
    expect(place("columns:\n  amount: {type: DE¦}")).toMatchObject({
      path: "columns.amount.type",
      what: "value",
      typed: "DE",
    });
    expect(place("columns:\n  c: {one_of: [a, ¦")).toMatchObject({ path: "columns.c.one_of.1", what: "value" });
    expect(place("verbs:\n  - join: [¦")).toMatchObject({ path: "verbs.0.join.0", what: "value" });
  });

  test("is in a rule's block, whose text is told without its indent", () => {
    const block = "segments:\n  Big: |-\n    visits > 3\n      AND (\n\n    total¦\n  Small: x";
    expect(place(block)).toMatchObject({ path: "segments.Big", what: "value", text: "visits > 3\n  AND (\n\ntotal" });
    expect(place("segments:\n  Big: |-\n    ¦")).toMatchObject({ path: "segments.Big", what: "value", text: "" });
    expect(place("segments:\n  Big: |-\n    a\n  Sm¦")).toMatchObject({ path: "segments", what: "key", typed: "Sm" });
    expect(place("points:\n  - when: >-\n      a\n      b¦\n    add: 1")).toMatchObject({
      path: "points.0.when",
      text: "a\nb",
    });
  });

  test("knows keys in quotes and of several words", () => {
    expect(place("segments:\n  'Big spenders': tot¦")).toMatchObject({ path: "segments.Big spenders", text: "tot" });
    expect(place("segments:\n  Big spenders: tot¦")).toMatchObject({ path: "segments.Big spenders", text: "tot" });
  });
});
