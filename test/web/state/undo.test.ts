import fc from "fast-check";
import { expect, test } from "vitest";
import {
  carried,
  emptyHistory,
  type History,
  looked,
  parted,
  redone,
  remembered,
  type Typing,
  typedInto,
  undone,
} from "../../../web/state/undo.ts";

const entry = (label: string) => ({ label, from: null, to: null });
const typing = (at: number, how: Typing["how"] = "typed", where = "cell a"): Typing => ({
  ...{ label: `Typing in ${where}`, where, cell: where, at, how },
});

test("changes are taken back newest first", () => {
  const texts = ["abc", "ac", "acd", "d"];
  let history = emptyHistory;
  for (let i = 1; i < texts.length; i++) {
    history = remembered(history, entry(`change ${i}`), { before: texts[i - 1] ?? "", after: texts[i] ?? "" });
  }
  let text = "d";
  for (const [label, earlier] of [
    ["change 3", "acd"],
    ["change 2", "ac"],
    ["change 1", "abc"],
  ]) {
    const back = undone(history, text);
    expect(back).toMatchObject({ entry: { label }, text: earlier });
    if (back === null) return;
    text = back.text;
    history = back.history;
  }
  expect(undone(history, text)).toBeNull();
});

test("a deleted cell comes back beside what was typed after the deletion", () => {
  const history = remembered(emptyHistory, entry("Delete two"), { before: "one\ntwo\nthree\n", after: "one\nthree\n" });
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
        history = remembered(history, entry(String(i)), { before: framed[i - 1] ?? "", after: framed[i] ?? "" });
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

/** Texts one after another, each typed at a time. */
function typed(steps: readonly [text: string, typing: Typing][], start: string): { history: History; text: string } {
  let history = emptyHistory;
  let text = start;
  for (const [after, how] of steps) {
    history = typedInto(history, how, { before: text, after });
    text = after;
  }
  return { history, text };
}

test("typing in one place is taken back together, up to a pause or another place", () => {
  const { history, text } = typed(
    [
      ["a1 b", typing(0)],
      ["a12 b", typing(900)],
      ["a123 b", typing(2_000)],
      ["a123 b1", typing(2_100, "typed", "cell b")],
    ],
    "a b",
  );
  const earlier: string[] = [];
  for (let back = undone(history, text); back !== null; back = undone(back.history, back.text)) earlier.push(back.text);
  expect(earlier).toEqual(["a123 b", "a12 b", "a b"]);
});

test("what an editor took back itself is not there to be taken back", () => {
  const { history } = typed(
    [
      ["a1", typing(0)],
      ["a", typing(5_000, "undo")],
    ],
    "a",
  );
  expect(history.done).toEqual([]);
});

test("what was taken back is done again, cell and words with it, until something else is done", () => {
  const change = { label: "Deleted two", from: "two", to: "one" };
  const history = remembered(emptyHistory, change, { before: "one two", after: "one" });
  const back = undone(history, "one");
  const again = back && redone(back.history, back.text);
  expect(again).toMatchObject({ text: "one", entry: { label: "Deleted two", from: "two", to: "one" } });
  expect(again && undone(again.history, again.text)?.text).toBe("one two");
  const other = back && typedInto(back.history, typing(0), { before: "one two", after: "one two!" });
  expect(other && redone(other, "one two!")).toBeNull();
});

test("taking everything back and doing it again gives the same texts", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean(), fc.nat(3_000)), { maxLength: 8 }), (steps) => {
      let history = emptyHistory;
      let text = "";
      let at = 0;
      for (const [after, isTyping, pause] of steps) {
        at += pause;
        const step = { before: text, after };
        history = isTyping ? typedInto(history, typing(at), step) : remembered(history, entry("change"), step);
        text = after;
      }
      let state = { history, text };
      for (let back = undone(state.history, state.text); back; back = undone(back.history, back.text)) state = back;
      expect(state.text).toBe("");
      for (let next = redone(state.history, state.text); next; next = redone(next.history, next.text)) state = next;
      expect(state.text).toBe(text);
    }),
  );
});

test("a step of a view takes its turn, leaves the text alone, and goes with its view", () => {
  const view = { shown: "" };
  const seen = {
    by: view,
    back: () => Object.assign(view, { shown: "" }),
    again: () => Object.assign(view, { shown: "muted" }),
  };
  const typed = remembered(emptyHistory, entry("first"), { before: "a", after: "ab" });
  seen.again();
  const muted = looked(typed, entry("Muted"), seen);
  // Another hand writes meanwhile.
  const later = carried(muted, { before: "ab", after: "xab" });
  const back = undone(later, "xab");
  expect(back).toMatchObject({ entry: { label: "Muted" }, text: "xab" });
  back?.entry.seen?.back();
  expect(view.shown).toBe("");
  const again = back && redone(back.history, back.text);
  again?.entry.seen?.back();
  expect([again?.text, view.shown]).toEqual(["xab", "muted"]);
  expect(back && undone(back.history, back.text)).toMatchObject({ entry: { label: "first" }, text: "xa" });
  expect(parted(later, view).done.map(({ label }) => label)).toEqual(["first"]);
});
