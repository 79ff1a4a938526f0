import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cluster } from "../../../../server/cells/cluster.ts";
import { type Bench, openBench, studyAndRun } from "../harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe("a cluster cell says of a k that is written", () => {
  const kinds = (spread: string) =>
    `SELECT i AS customer_id, ${["", "+ 1000", "+ 2000"].map((of, at) => `${spread} + hash(i ${of}) % 1000 / 500.0 AS ${"abc".charAt(at)}`).join(", ")} FROM range(300) AS t(i)`;
  const told = async (spread: string, k: number) => {
    const notebook = `\`\`\`cluster personas\nof: people\ncolumns: [a, b, c]\nk: ${k}\n\`\`\`\n`;
    const ran = await studyAndRun(bench, cluster, { notebook, relations: { people: kinds(spread) } });
    const codes = ["judged-k", "no-clusters-stand-out"];
    return ran.problems.flatMap(({ code, severity, message }) =>
      codes.includes(code) ? [{ code, severity, message }] : [],
    );
  };

  test("that it stands out, and how stable it is", async () => {
    expect(await told("(i % 3) * 9", 3)).toEqual([
      {
        ...{ code: "judged-k", severity: "note" },
        message: expect.stringMatching(/^3 clusters stand out: .*half samples agree to 1\.00\.$/),
      },
    ]);
  });

  test("that another one does", async () => {
    expect(await told("(i % 3) * 9", 7)).toEqual([
      {
        ...{ code: "judged-k", severity: "note" },
        message: expect.stringMatching(/^7 clusters do not stand out: .* On a sample 3 clusters stand out most/),
      },
    ]);
  });

  test("that the data shows no clusters at all", async () => {
    expect(await told("0", 4)).toEqual([
      {
        ...{ code: "no-clusters-stand-out", severity: "warning" },
        message: expect.stringMatching(
          /^4 clusters do not stand out; half samples agree to 0\.\d\d\. On a sample no k from 2 to 8 stands out/,
        ),
      },
    ]);
  });

  const range = (spread: string, auto: string, part: "" | "validity") => {
    const notebook = `\`\`\`cluster personas\nof: people\ncolumns: [a, b, c]\nk: {auto: ${auto}}\n\`\`\`\n`;
    return studyAndRun(bench, cluster, { notebook, part, relations: { people: kinds(spread) } });
  };

  test("and of a range in which none does, that one beside it does, and not that there are no clusters", async () => {
    const ran = await range("(i % 2) * 9", "[3, 5]", "");
    expect(ran.problems.filter(({ code }) => code === "judged-k")).toMatchObject([
      {
        severity: "note",
        message: expect.stringMatching(
          /^k = 3\. No k from 3 to 5 stands out: half samples agree to 0\.\d\d at most\. On a sample 2 clusters stand out/,
        ),
        hint: "Write k: 2, or a range of k that holds it.",
      },
    ]);
    expect(ran.problems.map(({ code }) => code)).not.toContain("no-clusters-stand-out");
    const choice = await (await range("(i % 2) * 9", "[3, 5]", "validity")).rows("_choice");
    expect(choice).toMatchObject(
      [3, 4, 5].map((k) => ({
        ...{ k, recommended: false, structured: true },
        reason: expect.stringContaining("On a sample 2 clusters stand out"),
      })),
    );
  });

  test("and that there are none where no number from 2 to 8 stands out", async () => {
    const ran = await range("0", "[3, 5]", "validity");
    expect(await ran.rows("_choice")).toMatchObject(
      [3, 4, 5].map((k) => ({ k, recommended: false, structured: false })),
    );
  });

  test("nothing where it is one", async () => {
    expect(await told("0", 1)).toEqual([]);
  });
});
