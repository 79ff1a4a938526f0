import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { areAlone } from "../../../../server/cells/monitor/alone.ts";
import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import type { Engine } from "../../../../server/engine/engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb(null);
});
afterAll(() => engine.close());

const never = new AbortController().signal;

async function alone(rows: readonly (readonly [number, number | string | null])[], types = ["BIGINT", "BIGINT"]) {
  const [entityType = "", type = ""] = types;
  const values = rows.map(([person, id]) => `(${person}::${entityType}, ${id}::${type}, TIMESTAMP '2026-03-01')`);
  const sql = `CREATE OR REPLACE TABLE mail AS SELECT * FROM (VALUES ${values.join(", ")}) AS t(who, id, sent)`;
  await engine.execute({ sql });
  const columns = new Map([
    ["send_id", { name: "id", type }],
    ["sent_at", { name: "sent", type: "TIMESTAMP" }],
  ] as const);
  return areAlone({ sends: "mail", entity: "who", columns, zone: "UTC", entityType }, engine, never);
}

it("two rows of one send to one receiver are found, whatever the numbers are", async () => {
  const row = fc.tuple(
    fc.oneof(fc.nat(20), fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger()),
    fc.oneof(fc.nat(20), fc.integer(), fc.maxSafeInteger()),
  );
  const given = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
    const different = new Set(rows.map((one) => JSON.stringify(one)));
    expect(await alone(rows)).toBe(different.size === rows.length);
  });
  await fc.assert(given, { numRuns: 60 });
});

it("an id that several receivers share is no double", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => [i % 20, 1000 + Math.floor(i / 20)] as const);
  expect(await alone(rows)).toBe(true);
  expect(await alone([...rows, [0, 1000]])).toBe(false);
});

it("ids may be texts, and missing ones are told apart by the time of the send", async () => {
  expect(
    await alone(
      [
        [1, "'a'"],
        [2, "'a'"],
      ],
      ["BIGINT", "VARCHAR"],
    ),
  ).toBe(true);
  expect(
    await alone(
      [
        [1, "'a'"],
        [1, "'a'"],
      ],
      ["VARCHAR", "VARCHAR"],
    ),
  ).toBe(false);
  expect(
    await alone([
      [1, null],
      [2, null],
      [1, 5],
    ]),
  ).toBe(true);
  expect(
    await alone([
      [1, null],
      [1, null],
    ]),
  ).toBe(false);
});
