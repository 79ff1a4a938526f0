import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { segments } from "../../../server/cells/segments.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const head = (seed: number) => `---\nsegbook: 1\nentity: id\nseed: ${seed}\n---\n`;
const text = (control: string, seed = 1) =>
  `${head(seed)}\`\`\`segments groups\nof: people\nsegments:\n  VIP: id > 0\n  Few: id <= 3\ncontrol: ${control}\n\`\`\`\n`;

async function heldOut(control: string, { people = 20_000, seed = 1 } = {}): Promise<string[]> {
  const relations = { people: `SELECT range + 1 AS id FROM range(${people})` };
  await studyAndRun(bench, segments, { notebook: text(control, seed), relations });
  const ran = await studyAndRun(bench, segments, { notebook: text(control, seed), relations, part: "_held_out" });
  expect(ran.problems).toEqual([]);
  return (await ran.rows("_held_out")).map((row) => `${row.id} ${row.segment}`);
}

describe("Who is held out", () => {
  test("is whoever the documented hash says: the first 13 digits of an MD5 below the share", async () => {
    const held = new Set(await heldOut("{VIP: 10%}", { people: 2000 }));
    const expected = Array.from({ length: 2000 }, (_, index) => index + 1).filter((id) => {
      const digits = createHash("md5").update(`1|VIP|${id}`).digest("hex").slice(0, 13);
      return Number.parseInt(digits, 16) / 16 ** 13 < 0.1;
    });
    expect(held).toEqual(new Set(expected.map((id) => `${id} VIP`)));
  });

  test("is the share, evenly over the keys, and another tenth in another segment or with another seed", async () => {
    const ids = (await heldOut("10%")).filter((row) => row.endsWith("VIP")).map((row) => Number.parseInt(row, 10));
    // Chi² with 19 degrees of freedom is above 43.8 by chance once in a thousand.
    const expected = 100;
    const chi = Array.from({ length: 20 }, (_, bin) => ids.filter((id) => Math.ceil(id / 1000) === bin + 1).length)
      .map((count) => (count - expected) ** 2 / (expected * 0.9))
      .reduce((sum, one) => sum + one, 0);
    expect(chi).toBeLessThan(43.8);
    const other = (await heldOut("10%", { seed: 2 })).filter((row) => row.endsWith("VIP"));
    const both = other.filter((row) => ids.includes(Number.parseInt(row, 10))).length;
    expect(both).toBeGreaterThan(140);
    expect(both).toBeLessThan(260);
  });

  test("stays held out while others come, and by a larger share", async () => {
    const few = await heldOut("0.1", { people: 500 });
    const many = new Set(await heldOut("0.1", { people: 5000 }));
    expect(few.filter((row) => !many.has(row))).toEqual([]);
    const more = new Set(await heldOut("20%", { people: 500 }));
    expect(few.filter((row) => !more.has(row))).toEqual([]);
  });

  test("is nobody without `control`, whose relation there is not then, and leaves everybody in the segment", async () => {
    const relations = { people: "SELECT 1 AS id" };
    const plain = await studyAndRun(bench, segments, { notebook: text("null"), relations });
    expect(plain.study?.yields.map(({ suffix }) => suffix)).toEqual([""]);
    const held = await studyAndRun(bench, segments, { notebook: text("99%"), relations });
    expect(await held.rows()).toEqual([
      { id: 1, segment: "VIP" },
      { id: 1, segment: "Few" },
    ]);
  });

  test.each([
    ["100%", /below 100 %/],
    ["1", /below 100 %/],
    ["-5%", /such as 10%/],
    ["ten", /such as 10%/],
    ["{VPI: 10%}", /`VPI` is no segment of this cell. Did you mean `VIP`/],
    ["{VIP: 200%}", /below 100 %/],
  ])("is refused where the share can't be: %s", async (control, message) => {
    const ran = await studyAndRun(bench, segments, {
      notebook: text(control),
      relations: { people: "SELECT 1 AS id" },
    });
    expect(ran.problems[0]?.message).toMatch(message);
  });
});
