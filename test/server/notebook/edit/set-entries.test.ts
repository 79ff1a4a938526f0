import { describe, expect, it } from "vitest";
import { type NamedScalar, setEntries } from "../../../../server/notebook/edit/set-entries.ts";

const text = (bands: string) =>
  `---\nsegbook: 1\n---\n\nWords.\n\n\`\`\`score s\nof: people # all\npoints:\n  - {when: spend > 5, add: 1}\n${bands}\`\`\`\n\nMore.\n`;

const BLOCK = text(
  "bands:\n  # best first\n  Hot: \">= 15\"   # to be called\n  # the rest\n  Warm: '>= 5'\n  Cold: '>= 0'\ndecay: none\n",
);

const kept = (key: string, value: string): NamedScalar => ({ key, value, was: key });

describe("Setting a map's entries", () => {
  it("changes a value in its line and nothing else", () => {
    const edited = setEntries(
      BLOCK,
      "s",
      ["bands"],
      [kept("Hot", ">= 15"), kept("Warm", ">= 7.5"), kept("Cold", ">= 0")],
    );
    expect(edited).toBe(BLOCK.replace("'>= 5'", "'>= 7.5'"));
  });

  it("renames a key where it stands", () => {
    const entries = [{ key: "Very hot", value: ">= 15", was: "Hot" }, kept("Warm", ">= 5"), kept("Cold", ">= 0")];
    expect(setEntries(BLOCK, "s", ["bands"], entries)).toBe(BLOCK.replace("Hot:", "Very hot:"));
  });

  it("adds and takes out entries at their places, each with the comments above it", () => {
    const entries = [kept("Hot", ">= 15"), { key: "Mild", value: ">= 3", was: null }, kept("Cold", ">= 0")];
    expect(setEntries(BLOCK, "s", ["bands"], entries)).toBe(
      BLOCK.replace("  # the rest\n  Warm: '>= 5'\n", "  Mild: '>= 3'\n"),
    );
  });

  it("writes inside braces where the map stands in braces", () => {
    const flow = text('bands: {Hot: ">= 15", Cold: ">= 0"}\n');
    const entries = [kept("Hot", ">= 15"), { key: "Warm: so", value: ">= 5", was: null }, kept("Cold", "> -1")];
    expect(setEntries(flow, "s", ["bands"], entries)).toBe(
      text("bands: {Hot: \">= 15\", 'Warm: so': '>= 5', Cold: '> -1'}\n"),
    );
  });

  it("makes the map where there is none, and takes it away with its last entry", () => {
    const none = text("");
    const one = setEntries(none, "s", ["bands"], [{ key: "High", value: ">= 1", was: null }]);
    expect(one).toBe(text("bands:\n  High: '>= 1'\n"));
    expect(setEntries(String(one), "s", ["bands"], [])).toBe(none);
  });

  it("keeps the line ends of a file from Windows", () => {
    const windows = BLOCK.replaceAll("\n", "\r\n");
    const entries = [
      kept("Hot", ">= 16"),
      { key: "Mild", value: ">= 3", was: null },
      kept("Warm", ">= 2"),
      kept("Cold", ">= 0"),
    ];
    const edited = setEntries(windows, "s", ["bands"], entries);
    expect(edited).toBe(
      windows
        .replace('">= 15"', "'>= 16'")
        .replace("  # the rest\r\n  Warm: '>= 5'", "  Mild: '>= 3'\r\n  # the rest\r\n  Warm: '>= 2'"),
    );
  });

  it("reads values that are blocks to their last line, and no further", () => {
    const outcome = text("outcome:\n  event: |-\n    placed order\n  within: 28 days\n  # so\ndecay: none\n");
    const within = { key: "within", value: "7 days", was: "within" };
    expect(setEntries(outcome, "s", ["outcome"], [kept("event", "placed order"), within])).toBe(
      outcome.replace("28 days", "7 days"),
    );
    const column = [{ key: "column", value: "churned", was: null }];
    expect(setEntries(outcome, "s", ["outcome"], column)).toBe(
      text("outcome:\n  column: churned\n  # so\ndecay: none\n"),
    );
  });

  it("is refused where it would mean something else", () => {
    expect(setEntries(BLOCK, "s", ["points"], [kept("Hot", ">= 1")])).toMatchObject({ code: "cannot-set" });
    const twice = [kept("Hot", ">= 15"), { key: "Hot", value: ">= 5", was: "Warm" }];
    expect(setEntries(BLOCK, "s", ["bands"], twice)).toMatchObject({ code: "cannot-set" });
    expect(setEntries(BLOCK, "nobody", ["bands"], [])).toMatchObject({ code: "unknown-cell" });
  });
});
