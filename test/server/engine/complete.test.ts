import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";
import { guardSql } from "../../../server/engine/guard.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb(null);
});
afterAll(() => engine.close());

const words = async (before: string) => (await engine.complete(before)).map(({ text }) => text);

describe("words of the engine that may follow", () => {
  it("are those of its own grammar at that place", async () => {
    expect(await words("SEL")).toContain("SELECT");
    expect(await words("FROM orders GRO")).toEqual(["GROUP"]);
    expect(await words("SELECT amount FROM orders O")).toContain("ORDER");
    expect(await words("SELECT amount FROM orders WHERE amount BET")).toContain("BETWEEN");
  });

  it("are functions that a notebook may call, and no others", async () => {
    const found = await engine.complete("SELECT date_tr");
    expect(found).toContainEqual({ text: "date_trunc", kind: "function" });
    for (const refused of ["SELECT read_", "SELECT getenv", "SELECT sql_auto", "SELECT current_sett"]) {
      expect((await engine.complete(refused)).filter(({ kind }) => kind === "function")).toEqual([]);
    }
  });

  it("begin no statement but a SELECT", async () => {
    const first = await words("");
    expect(first).not.toContain("DELETE");
    expect(await words("DEL")).toEqual([]);
    expect(await words("ATT")).toEqual([]);
  });

  it("are none where the text can't be read, and asking stays refused to a notebook's own SQL", async () => {
    expect(await words("SELECT ((((")).toBeInstanceOf(Array);
    const analysis = await engine.analyse("SELECT * FROM sql_auto_complete('SEL')");
    expect(guardSql(analysis).map(({ code }) => code)).toEqual(["function-refused"]);
  });
});
