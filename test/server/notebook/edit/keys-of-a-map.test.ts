import { describe, expect, it } from "vitest";
import { moveKey } from "../../../../server/notebook/edit/move-key.ts";
import { renameKey } from "../../../../server/notebook/edit/rename-key.ts";
import { parseNotebook } from "../../../../server/notebook/parse.ts";

const RULES = `of: people
segments:
  # the best
  Big Spenders: |-
    spend > 100
    AND placed order
  'It''s new': placed order in last 7 days # a week
  Others: spend < 5
exclusive: true
`;
const notebook = (body: string, end = "\n") =>
  `---\nsegbook: 1\n---\n\n\`\`\`segments audiences\n${body}\`\`\`\n\nWords.\n`.replaceAll("\n", end);
const path = (name: string) => ["segments", name];
const bodyOf = (text: unknown) => parseNotebook(String(text)).cells[0]?.body;

describe("a key's name", () => {
  it("changes by itself, in whatever way names have to be written", () => {
    const renamed = renameKey(notebook(RULES), "audiences", path("Big Spenders"), "Rich");
    expect(bodyOf(renamed)).toBe(RULES.replace("Big Spenders:", "Rich:"));
    const quoted = renameKey(notebook(RULES), "audiences", path("It's new"), "a: b");
    expect(bodyOf(quoted)).toBe(RULES.replace("'It''s new':", "'a: b':"));
  });

  it("can't be one that is there already, and must be there itself", () => {
    const text = notebook(RULES);
    expect(renameKey(text, "audiences", path("Others"), "Big Spenders")).toMatchObject({ code: "name-taken" });
    expect(renameKey(text, "audiences", path("Nobody"), "Some")).toMatchObject({ code: "unknown-key" });
    expect(renameKey(text, "audiences", path("Others"), "__proto__")).toMatchObject({ code: "cannot-rename" });
    expect(renameKey(text, "audiences", path("Others"), "Others")).toBe(text);
  });
});

describe("a key's place", () => {
  const order = (text: unknown) => [...String(bodyOf(text)).matchAll(/^ {2}([A-Z'].*?):/gm)].map((match) => match[1]);

  it("changes with its whole value, before another or behind the last", () => {
    const text = notebook(RULES);
    expect(order(moveKey(text, "audiences", path("Others"), "Big Spenders"))).toEqual([
      "Others",
      "Big Spenders",
      "'It''s new'",
    ]);
    const last = moveKey(text, "audiences", path("Big Spenders"), null);
    expect(order(last)).toEqual(["'It''s new'", "Others", "Big Spenders"]);
    expect(bodyOf(last)).toContain(
      "  Others: spend < 5\n  Big Spenders: |-\n    spend > 100\n    AND placed order\nexclusive",
    );
    expect(moveKey(String(last), "audiences", path("Big Spenders"), "It's new")).toBe(text);
  });

  it("keeps the line ends of the file, and what stands in braces where it is", () => {
    const windows = notebook(RULES, "\r\n");
    const moved = String(moveKey(windows, "audiences", path("Others"), "It's new"));
    expect(moved.replaceAll("\r\n", "\n")).toBe(moveKey(notebook(RULES), "audiences", path("Others"), "It's new"));
    const flow = notebook("of: people\nsegments: {A: x > 1, B: x > 2}\n");
    expect(moveKey(flow, "audiences", path("B"), "A")).toMatchObject({ code: "cannot-move" });
    expect(moveKey(windows, "audiences", path("Others"), "Nobody")).toMatchObject({ code: "cannot-move" });
  });

  it("changes in a cell that is never closed too", () => {
    const open = "---\nsegbook: 1\n---\n\n```segments audiences\nof: people\nsegments:\n  A: x > 1\n  B: x > 2";
    expect(moveKey(open, "audiences", path("B"), "A")).toBe(
      open.replace("  A: x > 1\n  B: x > 2", "  B: x > 2\n  A: x > 1\n"),
    );
  });
});
