import fc from "fast-check";
import { expect, test } from "vitest";
import { carried, emptyHistory, remembered, undone } from "../../../web/state/undo.ts";

test("changes are taken back newest first", () => {
  const texts = ["abc", "ac", "acd", "d"];
  let history = emptyHistory;
  for (let i = 1; i < texts.length; i++) {
    history = remembered(history, `change ${i}`, { before: texts[i - 1] ?? "", after: texts[i] ?? "" });
  }
  let text = "d";
  for (const [label, earlier] of [
    ["change 3", "acd"],
    ["change 2", "ac"],
    ["change 1", "abc"],
  ]) {
    const back = undone(history, text);
    expect(back).toMatchObject({ label, text: earlier });
    if (back === null) return;
    text = back.text;
    history = back.history;
  }
  expect(undone(history, text)).toBeNull();
});

test("a deleted cell comes back beside what was typed after the deletion", () => {
  const history = remembered(emptyHistory, "Delete two", { before: "one\ntwo\nthree\n", after: "one\nthree\n" });
  const later = carried(history, { before: "one\nthree\n", after: "first one\nthree!\n" });
  // The typing is one stretch around the place of the deletion here, so nothing can be put back safely.
  expect(undone(later, "first one\nthree!\n")).toBeNull();
  const before = carried(history, { before: "one\nthree\n", after: "first one\nthree\n" });
  const after = carried(before, { before: "first one\nthree\n", after: "first one\nthree!\n" });
  expect(undone(after, "first one\nthree!\n")?.text).toBe("first one\ntwo\nthree!\n");
});

test("taking everything back after typing elsewhere leaves the typing alone", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), fc.string({ minLength: 1 }), (texts, typed) => {
      let history = emptyHistory;
      const framed = texts.map((text) => `[${text}]`);
      for (let i = 1; i < framed.length; i++) {
        history = remembered(history, String(i), { before: framed[i - 1] ?? "", after: framed[i] ?? "" });
      }
      let text = framed.at(-1) ?? "";
      history = carried(history, { before: text, after: typed + text });
      text = typed + text;
      for (let back = undone(history, text); back !== null; back = undone(history, text)) ({ text, history } = back);
      // A repeated character can make the typing look as if it touched a change; then that change stays.
      expect(text.endsWith("]")).toBe(true);
      expect(text.length).toBeGreaterThan(typed.length);
    }),
  );
});
