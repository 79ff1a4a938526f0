import { describe, expect, test } from "vitest";
import { formatOf } from "../../../web/segments/portable-formats.ts";

describe("The format of a definition", () => {
  test("is seen from its text", () => {
    expect(formatOf('{"data": {"attributes": {"definition": {"condition_groups": []}}}}')).toBe("klaviyo");
    expect(formatOf('{"filterBranch": {"filterBranchType": "OR"}}')).toBe("hubspot");
    expect(formatOf('{"filters": {"properties": {"type": "OR", "values": []}}}')).toBe("posthog");
    expect(formatOf('{"combinator": "and", "rules": []}')).toBe("tree");
    expect(formatOf('{">": [{"var": "spend"}, 5]}')).toBe("jsonlogic");
    expect(formatOf("spend > 5")).toBe("sql");
  });

  test("is left to the reader where it looks like none", () => {
    expect(formatOf("  \n")).toBeNull();
    expect(formatOf('{"a": 1}')).toBeNull();
  });
});
