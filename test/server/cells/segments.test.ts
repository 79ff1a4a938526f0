import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { score } from "../../../server/cells/score.ts";
import { segments } from "../../../server/cells/segments.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";

const PEOPLE = `SELECT * FROM (VALUES (1, 5.0, 'UK'), (2, 15.0, 'DE'), (3, 25.0, NULL), (4, NULL, 'UK')) AS t(customer_id, spend, country)`;

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe("a segments cell", () => {
  const run = (body: string, head = "", people = PEOPLE) =>
    studyAndRun(bench, segments, {
      notebook: `---\nsegbook: 1\n${head}---\n\`\`\`segments s\nof: people\n${body}\n\`\`\`\n`,
      relations: { people },
    });
  const members = async (body: string, head?: string, people?: string) => {
    const ran = await run(body, head, people);
    expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    return (await ran.rows()).map((row) => [row.customer_id, row.segment]);
  };
  const codes = async (body: string, head?: string, people?: string) =>
    (await run(body, head, people)).problems.map(({ code, line }) => [code, line]);

  const TWO = "segments:\n  Big: spend > 10\n  British: country = 'UK' OR spend > 20";

  it("lets people be in several, in the order of the key and then of the rules", async () => {
    expect(await members(TWO)).toEqual([
      [1, "British"],
      [2, "Big"],
      [3, "Big"],
      [3, "British"],
      [4, "British"],
    ]);
  });

  it("gives each the first that matches where they exclude each other, and what is left a name", async () => {
    expect(await members(`${TWO}\nexclusive: true`)).toEqual([
      [1, "British"],
      [2, "Big"],
      [3, "Big"],
      [4, "British"],
    ]);
    expect(await members("segments: {Big: spend > 10}\notherwise: Small")).toEqual([
      [1, "Small"],
      [2, "Big"],
      [3, "Big"],
      [4, "Small"],
    ]);
  });

  it("keeps whom the head excludes out of every segment, and says how many they are", async () => {
    expect(await members("segments: {Big: spend > 10}\notherwise: Small", "exclude: country = 'UK'\n")).toEqual([
      [2, "Big"],
      [3, "Big"],
    ]);
    const ran = await run("segments: {Big: spend > 10}", "exclude: country = 'UK'\n");
    expect(ran.problems).toMatchObject([
      { code: "excluded", severity: "note", message: expect.stringContaining("2 people") },
    ]);
    expect(ran.study?.words).toMatchObject({ exclude: expect.stringContaining("UK") });
  });

  it("has names with quotes, of the entity's kind, and of any length", async () => {
    expect(await members(`segments:\n  "it's \\"so\\"": spend > 20`)).toEqual([[3, 'it\'s "so"']]);
  });

  it("tells a slip in the head's exclude as one of the head", async () => {
    const [problem] = (await run("segments: {Big: spend > 10}", "exclude: cuntry = 'UK'\n")).problems;
    expect(problem).toMatchObject({
      code: "unknown-attribute",
      message: expect.stringMatching(/^The head's `exclude`/),
    });
  });

  it("refuses names that are the key's, one another's or that of what is left", async () => {
    expect(await codes("segments: {Customer_ID: spend > 10}")).toEqual([["duplicate-name", 6]]);
    expect(await codes("segments:\n  Big: spend > 10\n  BIG: spend > 20")).toEqual([["duplicate-name", 8]]);
    expect(await codes("segments: {Big: spend > 10}\notherwise: Big")).toEqual([["bad-value", 7]]);
  });

  it("refuses rules that need each other, before anything runs", async () => {
    const ran = await run("segments:\n  A: IN SEGMENT B\n  B: NOT IN SEGMENT A");
    expect(ran.problems.map(({ code }) => code)).toEqual(["segment-cycle"]);
    expect(ran.written).toEqual([]);
    const alone = await run("segments:\n  A: IN SEGMENT A");
    expect(alone.problems).toMatchObject([{ code: "segment-cycle", message: "`A` refers to itself." }]);
  });

  it("may name its own segments in rules", async () => {
    expect(await members("segments:\n  Big: spend > 10\n  BigAbroad: IN SEGMENT Big AND NOT country = 'UK'")).toEqual([
      [2, "Big"],
      [2, "BigAbroad"],
      [3, "Big"],
      [3, "BigAbroad"],
    ]);
  });

  it("refuses several rows for one person with an example, and leaves out rows without a key with a warning", async () => {
    const twice = await run("segments: {Big: spend > 1}", "", "SELECT 7 AS customer_id, 5 AS spend FROM range(2)");
    expect(twice.problems).toMatchObject([{ code: "entity-not-unique", message: expect.stringContaining("`7`") }]);
    const none = "SELECT NULL::BIGINT AS customer_id, 5 AS spend UNION ALL SELECT 1, 5";
    expect(await members("segments: {Big: spend > 1}\notherwise: Small", "", none)).toEqual([[1, "Big"]]);
    expect(await codes("segments: {Big: spend > 1}", "", none)).toEqual([["entity-null", 5]]);
  });
});

describe("a score cell", () => {
  const run = (body: string, head = "") =>
    studyAndRun(bench, score, {
      notebook: `---\nsegbook: 1\n${head}---\n\`\`\`score s\nof: people\n${body}\n\`\`\`\n`,
      relations: { people: PEOPLE },
    });
  const POINTS =
    "points:\n  - {when: spend > 10, add: 10}\n  - {when: country = 'UK', add: 5}\n  - {when: spend > 20, add: -3}";

  it("adds points, gives bands by their borders, and a column for each rule", async () => {
    const ran = await run(`${POINTS}\nbands:\n  Hot: ">= 10"\n  Warm: "> 5"\n  Mild: ">= 5"`);
    expect(ran.problems).toEqual([]);
    expect(ran.study?.yields[0]?.columns).toEqual(await ran.columns());
    expect(await ran.rows()).toEqual([
      { customer_id: 1, score: 5, band: "Mild", points_1: 0, points_2: 5, points_3: 0 },
      { customer_id: 2, score: 10, band: "Hot", points_1: 10, points_2: 0, points_3: 0 },
      { customer_id: 3, score: 7, band: "Warm", points_1: 10, points_2: 0, points_3: -3 },
      { customer_id: 4, score: 5, band: "Mild", points_1: 0, points_2: 5, points_3: 0 },
    ]);
  });

  it("adds fractions exactly", async () => {
    const ran = await run(
      `points:\n  - {when: spend > 1, add: 0.1}\n  - {when: spend > 2, add: 0.2}\nbands: {Some: ">= 0.3"}`,
    );
    expect(await ran.rows()).toMatchObject([
      { score: 0.3, band: "Some", points_1: 0.1, points_2: 0.2 },
      { score: 0.3, band: "Some" },
      { score: 0.3, band: "Some" },
      { score: 0, band: null },
    ]);
  });

  it("gives whom the head excludes a score and no band", async () => {
    const ran = await run(`${POINTS}\nbands: {All: ">= -100"}`, "exclude: country = 'DE'\n");
    expect((await ran.rows()).map((row) => [row.score, row.band])).toEqual([
      [5, "All"],
      [10, null],
      [7, "All"],
      [5, "All"],
    ]);
  });

  it.each([
    ['bands: {Hot: ">= 5", Hotter: ">= 10"}', "descending"],
    ["bands: {Hot: five}", "border"],
    ["points: []", "at least one rule"],
  ])("refuses %s", async (line, words) => {
    const ran = await run(line.startsWith("points") ? line : `${POINTS}\n${line}`);
    expect(ran.problems).toMatchObject([{ code: "bad-value", message: expect.stringContaining(words) }]);
  });

  it("tells a slip in a rule at its place", async () => {
    const ran = await run("points:\n  - {when: spend > 10, add: 10}\n  - when: |-\n      contry = 'UK'\n    add: 5");
    expect(ran.problems).toMatchObject([{ code: "unknown-attribute", line: 9, column: 7 }]);
  });
});
