import { afterAll, expect, test } from "vitest";
import { Painter } from "../../../server/export/chart/painter.ts";

const never = new AbortController().signal;
const painter = new Painter("Europe/London", { ms: 4_000, memory: 200 });
afterAll(() => painter.close());

const data = {
  columns: [
    { name: "day", type: "DATE" },
    { name: "n", type: "INTEGER" },
    { name: "link", type: "VARCHAR" },
  ],
  rows: [
    ["2026-07-01", 3, "javascript:alert(1)"],
    ["2026-07-02", 5, "https://example.com/"],
  ],
};
const draw = (spec: Record<string, unknown>, signal = never) =>
  painter.draw({ spec, data, label: "Chart", configs: [{}] }, signal);
const encoding = { x: { field: "day", type: "temporal" }, y: { field: "n", type: "quantitative" } };

test("a specification becomes a picture, its days those of the notebook's zone", async () => {
  const drawn = await draw({
    mark: "bar",
    encoding: { ...encoding, x: { field: "day", type: "ordinal", timeUnit: "yearmonthdate" } },
  });
  expect(drawn).toMatchObject({ warnings: [] });
  expect("pictures" in drawn ? drawn.pictures[0] : "").toMatch(
    /<svg[^>]* width="880"[\s\S]*Jul 01, 2026[\s\S]*Jul 02, 2026/,
  );
});

test("links and pictures by address do not stop it, and nothing is loaded", async () => {
  const linked = await draw({ mark: "point", encoding: { ...encoding, href: { field: "link" } } });
  expect("pictures" in linked ? linked.pictures[0] : "").not.toContain("javascript:");
  const image = await draw({ mark: "image", encoding: { ...encoding, url: { field: "link" } } });
  expect("warnings" in image ? image.warnings.join() : "").toContain("Nothing is loaded from elsewhere");
});

test("a wrong specification is told in a sentence, and the next one is drawn", async () => {
  expect(await draw({ mark: "no such mark", encoding })).toHaveProperty("failed");
  expect(await draw({ mark: "bar", encoding })).toHaveProperty("pictures");
});

test("code in an expression is not run", async () => {
  const hostile = "constructor.constructor('return process')().exit()";
  const drawn = await draw({ mark: "bar", encoding, transform: [{ calculate: hostile, as: "n" }] });
  expect(drawn).toHaveProperty("failed");
  expect(await draw({ mark: "bar", encoding })).toHaveProperty("pictures");
});

test("one that takes too much ends with its own process alone", async () => {
  const endless = { ...encoding.y, axis: { tickCount: 1e9 }, scale: { domain: [0, 1], nice: false } };
  expect(await draw({ mark: "bar", encoding: { ...encoding, y: endless } })).toHaveProperty("failed");
  expect(await draw({ mark: "bar", encoding })).toHaveProperty("pictures");
});

test("a cancel ends it", async () => {
  const controller = new AbortController();
  const drawing = draw(
    { mark: "bar", encoding: { ...encoding, y: { ...encoding.y, axis: { tickCount: 1e9 } } } },
    controller.signal,
  );
  controller.abort();
  await expect(drawing).rejects.toThrow();
});
