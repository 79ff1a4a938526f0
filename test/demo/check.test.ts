import { expect, inject, it } from "vitest";
import { qualityCodes } from "../../server/check/codes/quality.ts";
import { silosCodes } from "../../server/check/codes/silos.ts";
import { call } from "../workspace.ts";

const root = inject("demoWorkspace");
const OWN = new Set([...qualityCodes, ...silosCodes].map(({ code }) => code));

it("the example notebooks are an example of what check wants, and tell whose keys are in whose data", async () => {
  const notebooks = ["notebooks/first-segments.md", "notebooks/rfm.md"];
  const said = await call(["check", ...notebooks, "--json", "--workspace", root], root);
  expect(said.code).toBe(0);
  const found = said.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { code: string; severity: string; message: string });
  const own = found.filter(({ code }) => OWN.has(code));
  expect(own.filter(({ severity }) => severity !== "note")).toEqual([]);
  expect(own.find(({ code }) => code === "key-match")?.message).toMatch(
    /^`customer_id` by source: [\d.]+ % of `customers` in `orders` \(100 % the other way\)/,
  );
});
