import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { notebookTitle } from "../../../server/notebook/title.ts";
import { cellNames, places } from "./notebook-text.ts";

function withHead(yaml: string) {
  return parseNotebook(`---\n${yaml}\n---\n\`\`\`sql a\n\`\`\`\n`);
}

describe("the head", () => {
  test("has a default for everything but the version", () => {
    expect(withHead("segbook: 1").head).toEqual({
      segbook: 1,
      title: null,
      entity: "customer_id",
      as_of: "now",
      timezone: "UTC",
      week_starts: "monday",
      seed: 1,
      exclude: null,
    });
  });

  test("is read as it is written, dates as text", () => {
    const { head, problems } = withHead(
      "segbook: 1\ntitle: 'Spring: sale'\nentity: user\nas_of: 2026-03-31\ntimezone: Europe/London\nweek_starts: sunday\nseed: 7\nexclude: |-\n  country = 'X' # no\nx_owner: me",
    );
    expect(problems).toEqual([]);
    expect(head).toEqual({
      segbook: 1,
      title: "Spring: sale",
      entity: "user",
      as_of: "2026-03-31",
      timezone: "Europe/London",
      week_starts: "sunday",
      seed: 7,
      exclude: "country = 'X' # no",
    });
  });

  test.each([
    "now",
    "$report_day",
    "2024-02-29",
    "2026-03-31 18:00",
    "2026-03-31T18:00:00.123Z",
    "2026-03-31 18:00:00+02:00",
  ])("takes %s for a moment", (moment) => {
    expect(withHead(`segbook: 1\nas_of: ${moment}`)).toMatchObject({ head: { as_of: moment }, problems: [] });
  });

  test.each([
    ["a missing version", "title: x", "version-missing 2:1"],
    ["an unknown key", "segbook: 1\ntimezon: UTC", "unknown-key 3:1"],
    ["a zone that is not", "segbook: 1\ntimezone: London", "head-value 3:11"],
    ["an offset for a zone", "segbook: 1\ntimezone: '+02:00'", "head-value 3:11"],
    ["a week that starts on Tuesday", "segbook: 1\nweek_starts: tuesday", "head-value 3:14"],
    ["a seed that is not whole", "segbook: 1\nseed: 1.5", "head-value 3:7"],
    ["a seed below zero", "segbook: 1\nseed: -1", "head-value 3:7"],
    ["a day that is not in the calendar", "segbook: 1\nas_of: 2026-02-30", "head-value 3:8"],
    ["a time that is not in the day", "segbook: 1\nas_of: 2026-02-20 24:30", "head-value 3:8"],
    ["a version of zero", "segbook: 0", "head-value 2:10"],
    ["a number for a title", "segbook: 1\ntitle: 2026", "head-value 3:8"],
    ["a YAML slip", "segbook: 1\ntitle: a: b", "yaml-syntax 3:8"],
    ["a rule that YAML cuts", "segbook: 1\nexclude: country = 'X' # no", "rule-needs-block 3:24"],
    ["a list", "- segbook", "body-not-map 2:1"],
  ])("reports %s at its place", (_what, yaml, expected) => {
    const notebook = withHead(yaml);
    expect(places(notebook.problems)).toEqual([expected]);
    expect(notebook.problems[0]).toMatchObject({ severity: "error", cell: null });
    expect(cellNames(notebook)).toEqual(["sql a"]);
  });

  test("names the nearest key and the nearest zone", () => {
    expect(withHead("segbook: 1\ntimezon: UTC").problems[0]?.hint).toBe("Did you mean `timezone`?");
    expect(withHead("segbook: 1\ntimezone: London").problems[0]?.hint).toBe("Did you mean `Europe/London`?");
  });

  test("of a newer format makes the file one to read only, and its new keys are no error", () => {
    const notebook = withHead("segbook: 2\nfuture: yes");
    expect(notebook.readOnly).toBe(true);
    expect(notebook.problems).toMatchObject([{ code: "newer-format", severity: "note", line: 2, column: 10 }]);
    expect(withHead("segbook: 2\nfuture: [").readOnly).toBe(true);
  });

  test.each([
    ["missing", "# Title\n```sql a\n```\n", "head-missing 1:1"],
    ["never closed", "---\nsegbook: 1\n\n```sql a\n```\n", "head-unclosed 1:1"],
  ])("that is %s is an error, and the cells are still read", (_what, text, expected) => {
    const notebook = parseNotebook(text);
    expect(places(notebook.problems)).toEqual([expected]);
    expect(cellNames(notebook)).toEqual(["sql a"]);
  });
});

describe("the title", () => {
  test("is the head's, else the first heading's words, else unknown", () => {
    const title = (head: string, prose: string) =>
      notebookTitle(parseNotebook(`---\nsegbook: 1\n${head}---\n${prose}`));
    expect(title("title: Spring\n", "# Other")).toBe("Spring");
    expect(title("", "Text\n\n## The *big* `one` #\n# Later")).toBe("The big one");
    expect(title("", "Underlined\n===")).toBe("Underlined");
    expect(title("", "```sql a\n# no heading\n```\nText")).toBeNull();
  });
});
