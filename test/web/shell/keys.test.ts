import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../web/shell/commands.ts";
import { KeyMap } from "../../../web/shell/key-map.ts";
import { KeyReader } from "../../../web/shell/key-reader.ts";
import { keyRefusal } from "../../../web/shell/key-refusal.ts";
import { keyWords, strokeOf } from "../../../web/shell/key-stroke.ts";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> & { code?: string } = {},
) => ({ key, code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

function storage(kept: Record<string, string> = {}) {
  const held = new Map(Object.entries(kept));
  return {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
    removeItem: (name: string) => void held.delete(name),
  };
}

function reader(map = new KeyMap(storage())) {
  const keys = new KeyReader(() => map);
  return (pressed: ReturnType<typeof press>, { typing = false, uses = "", time = 0 } = {}) =>
    keys.read(pressed, { typing, uses: (stroke) => stroke === uses, time });
}

describe("keys as they are at first", () => {
  test("the palette opens from anywhere, with either modifier", () => {
    expect(reader()(press("k", { ctrlKey: true }), { typing: true })).toBe("palette");
    expect(reader()(press("K", { metaKey: true }))).toBe("palette");
  });

  test("letters mean something only where nobody is typing", () => {
    expect(reader()(press("j"))).toBe("next-cell");
    expect(reader()(press("j"), { typing: true })).toBeNull();
    expect(reader()(press("?", { shiftKey: true }), { typing: true })).toBeNull();
  });

  test("Enter runs, runs and goes on, runs and adds, or edits, by what is held with it", () => {
    expect(reader()(press("Enter", { ctrlKey: true }), { typing: true })).toBe("run-cell");
    expect(reader()(press("Enter", { ctrlKey: true, shiftKey: true }), { typing: true })).toBe("run-stale");
    expect(reader()(press("Enter", { shiftKey: true }), { typing: true })).toBe("run-and-next");
    expect(reader()(press("Enter", { altKey: true }), { typing: true })).toBe("run-and-insert");
    expect(reader()(press("Enter"))).toBe("edit-cell");
    expect(reader()(press("Enter"), { typing: true })).toBeNull();
  });

  test("undo in a text is the text's own", () => {
    expect(reader()(press("z", { ctrlKey: true }), { typing: true })).toBeNull();
    expect(reader()(press("z", { ctrlKey: true }))).toBe("undo");
  });

  test("no two commands are asked for by the same keys, and none is refused", () => {
    const map = new KeyMap(storage());
    for (const { command, keys } of COMMANDS) {
      for (const each of keys) {
        expect([command, each, map.heldBy(each, command)]).toEqual([command, each, []]);
        // What a text needs is meant outside of texts only.
        expect([command, each, keyRefusal(command, each)]).toEqual([command, each, null]);
      }
    }
  });
});

describe("two strokes", () => {
  test("the second is awaited, and D alone deletes nothing", () => {
    const read = reader();
    expect(read(press("d"), { time: 0 })).toBe("more");
    expect(read(press("d"), { time: 300 })).toBe("delete-cell");
    expect(read(press("d"), { time: 400 })).toBe("more");
  });

  test("a second stroke that comes late is a first one", () => {
    const read = reader();
    expect(read(press("d"), { time: 0 })).toBe("more");
    expect(read(press("d"), { time: 5_000 })).toBe("more");
    expect(read(press("d"), { time: 5_200 })).toBe("delete-cell");
  });

  test("another key means what it means by itself, and a held Shift does not come between", () => {
    const read = reader();
    read(press("d"));
    expect(read(press("j"))).toBe("next-cell");
    expect(read(press("d"))).toBe("more");
    expect(read(press("Shift", { shiftKey: true }))).toBeNull();
    expect(read(press("d"))).toBe("delete-cell");
  });

  test("what a control uses itself is not the page's", () => {
    expect(reader()(press("Enter"), { uses: "Enter" })).toBeNull();
  });
});

describe("keys that the reader changed", () => {
  test("are kept in the browser", () => {
    const kept = storage();
    new KeyMap(kept).give("rename-cell", ["mod+R", "F4"]);
    const again = new KeyMap(kept);
    expect(again.of("rename-cell")).toEqual(["mod+R", "F4"]);
    expect(again.isChanged("rename-cell")).toBe(true);
    expect(again.find("F2", { typing: false })).toBeNull();
    again.restore("rename-cell");
    expect(new KeyMap(kept).anyChanged).toBe(false);
  });

  test("are taken from the command that had them, also where one begins the other", () => {
    const map = new KeyMap(storage());
    expect(map.heldBy("D", "fold-cell")).toEqual(["delete-cell"]);
    map.give("fold-cell", ["D"]);
    expect(map.of("delete-cell")).toEqual([]);
    expect(map.find("D", { typing: false })).toBe("fold-cell");
    map.restore("delete-cell");
    expect(map.of("fold-cell")).toEqual([]);
    map.restoreAll();
    expect(map.of("fold-cell")).toEqual(["O"]);
  });

  test("never ask for two things at once, whatever was given", () => {
    const command = fc.constantFrom(...COMMANDS.map((entry) => entry.command));
    const stroke = fc.constantFrom("A", "B", "D", "mod+K", "F2", "Enter");
    const keys = fc.array(stroke, { minLength: 1, maxLength: 2 }).map((strokes) => strokes.join(" "));
    fc.assert(
      fc.property(fc.array(fc.tuple(command, keys), { maxLength: 8 }), (given) => {
        const map = new KeyMap(storage());
        for (const [to, what] of given) map.give(to, [what]);
        for (const { command } of COMMANDS) {
          for (const each of map.of(command)) expect(map.heldBy(each, command)).toEqual([]);
        }
      }),
    );
  });

  test("that can't be read are as they were at first", () => {
    for (const kept of ["", "nonsense", "[]", "null", '{"help":"?","nothing":["A"],"undo":[1]}']) {
      expect(new KeyMap(storage({ "segbook:keys": kept })).anyChanged).toBe(false);
    }
  });

  test("are refused where the browser keeps them or a text is written with them", () => {
    expect(keyRefusal("find", "mod+W")).toMatch(/browser/);
    expect(keyRefusal("find", "G")).toMatch(/text/);
    expect(keyRefusal("find", "mod+V")).toMatch(/text/);
    expect(keyRefusal("find", "alt+G")).toBeNull();
    expect(keyRefusal("find", "F7")).toBeNull();
    expect(keyRefusal("undo", "U")).toBeNull();
    expect(keyRefusal("undo", "Escape")).toMatch(/Escape/);
  });
});

test("keys are named as the machine's keyboard names them", () => {
  expect(keyWords("mod+shift+Enter", { mac: true })).toBe("⇧⌘⏎");
  expect(keyWords("mod+shift+Enter", { mac: false })).toBe("Ctrl+Shift+Enter");
  expect(keyWords("alt+ArrowUp", { mac: false })).toBe("Alt+↑");
  expect(keyWords("D D", { mac: true })).toBe("D D");
  expect(keyWords("mod++", { mac: false })).toBe("Ctrl++");
});

test("a press is the sign that it gives, or the letter of its place where the keyboard writes another script", () => {
  expect(strokeOf(press("?", { shiftKey: true }))).toBe("?");
  expect(strokeOf(press("A", { shiftKey: true }))).toBe("shift+A");
  expect(strokeOf(press("ф", { code: "KeyA", ctrlKey: true }))).toBe("mod+A");
  expect(strokeOf(press("å", { code: "KeyA", altKey: true }))).toBe("alt+A");
  expect(strokeOf(press("ä", { code: "Quote" }))).toBe("ä");
  expect(strokeOf(press(" "))).toBe("Space");
  expect(strokeOf(press("Control", { ctrlKey: true }))).toBeNull();
});
