import { appendFile, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHistory } from "../../../../server/run/membership/read.ts";
import { whileRecording } from "../../../../server/run/membership/record.ts";
import { explainedSql } from "../../../../server/segments/membership/changes.ts";
import { CAUSES, type Cause, type Manifest } from "../../../../server/segments/membership/model.ts";
import { membersSql, presentSql, staysSql } from "../../../../server/segments/membership/stays.ts";
import { Histories, type Member, record } from "./histories.ts";

let histories: Histories;
beforeAll(async () => {
  histories = await Histories.open();
});
afterAll(() => histories.close());

const never = new AbortController().signal;
const members = fc.uniqueArray(fc.tuple(fc.nat(1), fc.nat(5)), {
  selector: ([slot, person]) => `${slot} ${person}`,
  maxLength: 12,
});
const refreshes = fc.array(fc.record({ members, held: fc.uniqueArray(fc.nat(5), { maxLength: 2 }) }), {
  minLength: 1,
  maxLength: 7,
});

describe("A history", () => {
  test("of any refreshes gives back who was in after each, whenever its files are put together", async () => {
    await fc.assert(
      fc.asyncProperty(refreshes, fc.integer({ min: 1, max: 4 }), async (all, settleAfter) => {
        const folder = histories.folder();
        let manifest: Manifest | null = null;
        for (const { members, held } of all) {
          await histories.members("now_in", members, held);
          manifest = await record(histories, folder, { manifest, table: "now_in", settleAfter });
        }
        const read = await readHistory(folder, never);
        if (read === null || "code" in read) throw new Error("the history can't be read");
        expect(read.manifest).toEqual(manifest);
        for (const [index, { members, held }] of all.entries()) {
          const expected = members.map((member) => line(member, held)).sort();
          const number = index + 1;
          const lasting = `entered <= ${number} AND ("left" IS NULL OR "left" > ${number})`;
          const stays = `SELECT slot, entity, held_out FROM (${staysSql(read)}) WHERE ${lasting}`;
          expect(await histories.pairs(stays)).toEqual(expected);
          const each = [0, 1].map((slot) => `SELECT ${slot} AS slot, * FROM (${membersSql(read, slot, number)})`);
          expect(await histories.pairs(each.join(" UNION ALL "))).toEqual(expected);
        }
        const last = all.at(-1);
        expect(await histories.pairs(`SELECT slot, entity, held_out FROM (${presentSql(read)})`)).toEqual(
          (last?.members ?? []).map((member) => line(member, last?.held ?? [])).sort(),
        );
      }),
      { numRuns: 10 },
    );
  });

  test("takes in files that a process left which ended on its way, and says which file is damaged", async () => {
    const folder = histories.folder();
    await histories.members("now_in", [[0, 1]]);
    const manifest = await record(histories, folder, { manifest: null, table: "now_in" });
    await writeFile(join(folder, "tmp-999999999-left.parquet"), "half");
    await record(histories, folder, { manifest, table: "now_in" });
    expect((await readdir(folder)).filter((name) => name.startsWith("tmp-"))).toEqual([]);
    const [changes = ""] = (await readdir(folder)).filter((name) => name.startsWith("changes-"));
    const content = await readFile(join(folder, changes));
    await truncate(join(folder, changes), content.length - 1);
    expect(await readHistory(folder, never)).toMatchObject({
      code: "membership-damaged",
      message: expect.stringContaining(changes),
    });
    // As long as it was, and other bytes.
    await writeFile(join(folder, changes), Buffer.concat([content.subarray(0, -1), Buffer.from("?")]));
    expect(await readHistory(folder, never)).toMatchObject({ code: "membership-damaged" });
    await writeFile(join(folder, changes), content);
    expect(await readHistory(folder, never)).toMatchObject({ manifest: { refreshes: [{}, {}] } });
    await appendFile(join(folder, "manifest.json"), " ");
    expect(await readHistory(folder, never)).toMatchObject({ manifest: {} });
    await writeFile(
      join(folder, "manifest.json"),
      (await readFile(join(folder, "manifest.json"), "utf8")).replace("BIGINT", "DOUBLE"),
    );
    expect(await readHistory(folder, never)).toMatchObject({
      code: "membership-damaged",
      message: expect.stringContaining("manifest.json"),
    });
  });

  test("is written by one at a time", async () => {
    const folder = histories.folder();
    const second = await whileRecording(folder, () => whileRecording(folder, async () => "both"));
    expect(second).toMatchObject({ code: "refresh-busy" });
    expect(await whileRecording(folder, async () => "alone")).toBe("alone");
  });
});

describe("Causes", () => {
  test("are one for each change: that of the last step that turned it to what it is", async () => {
    const steps = fc.array(members, { minLength: 0, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(members, steps, members, async (before, between, now) => {
        const key = ([slot, person]: Member) => `${slot} ${person}`;
        const states = [before, ...between, now].map((one) => new Set(one.map(key)));
        for (const [index, one] of between.entries()) await histories.members(`step_${index}`, one);
        const moved = [...new Set([...(states[0] ?? []), ...(states.at(-1) ?? [])])].filter(
          (one) => states[0]?.has(one) !== states.at(-1)?.has(one),
        );
        const rows = moved.map(
          (one) => `(${one.replace(" ", ", ")}::BIGINT, ${states.at(-1)?.has(one) === true}, false, false)`,
        );
        const values =
          rows.length === 0 ? "SELECT 0, 0::BIGINT, true, false, false WHERE false" : `VALUES ${rows.join(", ")}`;
        await histories.engine.execute({
          sql: `CREATE OR REPLACE TABLE moved AS SELECT * FROM (${values}) AS v (slot, entity, came, held_out, stays)`,
        });
        const causeOf = (index: number): Cause => CAUSES[index] ?? "unknown";
        const all = Array.from({ length: between.length + 1 }, (_, index) => ({
          table: index === between.length ? null : `step_${index}`,
          causes: new Map([0, 1].map((slot) => [slot, causeOf(index)] as const)),
        }));
        const found = await histories.pairs(
          `SELECT slot || ' ' || entity, because FROM (${explainedSql("moved", [{ slots: [0, 1], steps: all }])})`,
        );
        const expected = moved.map((one) => {
          const turned = states.findLastIndex(
            (state, index) => index > 0 && state.has(one) !== states[index - 1]?.has(one),
          );
          return `${one} ${causeOf(turned - 1)}`;
        });
        expect(found).toEqual(expected.sort());
      }),
      { numRuns: 20 },
    );
  });
});

function line([slot, person]: Member, held: readonly number[]): string {
  return `${slot} ${person} ${held.includes(person)}`;
}
