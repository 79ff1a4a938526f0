import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Lock } from "../../../../server/run/lock/model.ts";
import { printLock } from "../../../../server/run/lock/print.ts";
import { readLock } from "../../../../server/run/lock/read.ts";

const lock: Lock = {
  as_of: { given: null, moment: "2026-11-01T00:00:00+00:00", now: null },
  cells: {
    spend: {
      key: "k",
      kind: "sql",
      relations: {
        spend: {
          columns: {
            total: { hash: "00ff", type: "BIGINT" },
            mean: { max: 2, mean: 1.5, min: 1, mix: -0.1, size: 1.5, type: "DOUBLE", values: 2 },
            "10": { hash: "1", type: "VARCHAR" },
          },
          hash: "abc",
          rows: 2,
        },
      },
      text: "t",
    },
  },
  engine: "1.5.6",
  head: { week_starts: "monday", entity: "customer_id", seed: 1 },
  inputs: { least: 8, day: "2026-10-31", open: null },
  lock: 1,
  segbook: "0.1.0",
  sources: { orders: { "b/2.csv": file("2"), "a/1.csv": file("1") } },
  tolerance: { DOUBLE: 1e-11, FLOAT: 1e-6 },
};

function file(sha256: string) {
  return { bytes: 10, columns: ["id", "amount"], rows: 1, sha256 };
}

describe("a lock's text", () => {
  it("reads back as it was", () => {
    expect(readLock(printLock(lock), "x.lock.json")).toEqual(lock);
    expect(readLock(printLock(lock).replaceAll("\n", "\r\n"), "x.lock.json")).toEqual(lock);
  });

  it("reads back whatever columns, files and values are called", () => {
    const words = fc.string({ unit: "binary" }).filter((word) => word !== "__proto__");
    fc.assert(
      fc.property(words, words, words, (column, path, value) => {
        const cell = lock.cells.spend;
        const relation = cell?.relations.spend;
        if (cell === undefined || relation === undefined) throw new Error("no relation");
        const columns = { [column]: { hash: "1", type: "VARCHAR" } };
        const other: Lock = {
          ...lock,
          cells: { spend: { ...cell, relations: { spend: { ...relation, columns } } } },
          inputs: { day: value },
          sources: { orders: { [path]: file(value) } },
        };
        expect(readLock(printLock(other), "x.lock.json")).toEqual(other);
      }),
    );
  });

  it("has its keys sorted, and a file or a column in a line", () => {
    const lines = printLock(lock).split("\n");
    expect(lines).toContain('      "a/1.csv": {"bytes": 10, "columns": ["id", "amount"], "rows": 1, "sha256": "1"},');
    expect(lines).toContain('            "10": {"hash": "1", "type": "VARCHAR"},');
    const keys = (depth: number) => lines.flatMap((line) => new RegExp(`^ {${depth}}"([^"]+)":`).exec(line)?.[1] ?? []);
    expect(keys(2)).toEqual([
      ...["as_of", "cells", "engine", "head", "inputs", "lock", "segbook", "sources", "tolerance"],
    ]);
    expect(keys(12)).toEqual(["10", "mean", "total"]);
    expect(keys(4).slice(-2)).toEqual(["DOUBLE", "FLOAT"]);
  });

  it("is read with the line ends and the mark at its beginning that some editors give it", () => {
    expect(readLock(`\uFEFF${printLock(lock).replaceAll("\n", "\r\n")}`, "x.lock.json")).toEqual(lock);
  });

  it("with both sides of a merge in it says so, with the line, and what to do", () => {
    const text = printLock(lock).replace(
      '  "engine": "1.5.6",',
      '<<<<<<< ours\n  "engine": "1.5.6",\n=======\n>>>>>>> theirs',
    );
    expect(readLock(text, "x.lock.json")).toMatchObject({
      code: "lock-conflict",
      message: expect.stringMatching(/^x\.lock\.json holds both sides of a merge, from line \d+\.$/),
      hint: expect.stringContaining("--lock"),
    });
  });

  it("that is cut off, is no lock, or lacks something is told to be damaged, and where", () => {
    const code = (text: string) => readLock(text, "x.lock.json");
    expect(code(printLock(lock).slice(0, -30))).toMatchObject({ code: "lock-damaged" });
    expect(code("[]")).toMatchObject({ code: "lock-damaged" });
    expect(code("")).toMatchObject({ code: "lock-damaged" });
    expect(code(printLock(lock).replace('"rows": 2', '"rows": "2"'))).toMatchObject({
      code: "lock-damaged",
      message: expect.stringContaining("`cells.spend.relations.spend.rows`"),
      hint: expect.stringContaining("--lock"),
    });
  });

  it("of a newer format is not guessed at", () => {
    expect(readLock(printLock(lock).replace('"lock": 1', '"lock": 2'), "x")).toMatchObject({ code: "lock-newer" });
  });
});
