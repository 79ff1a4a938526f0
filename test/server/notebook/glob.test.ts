import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globMatcher } from "../../../server/notebook/glob.ts";

describe("a glob", () => {
  it.each([
    ["*.csv", ["a.csv", ".csv"], ["a.tsv", "x/a.csv", "a.csv.gz"]],
    ["2026/**", ["2026/a.csv", "2026/q1/b.csv"], ["2025/a.csv", "2026"]],
    ["**/b.csv", ["b.csv", "x/b.csv", "x/y/b.csv"], ["ab.csv", "x/ab.csv", "/b.csv"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb"]],
    ["?.csv", ["a.csv", "😀.csv"], [".csv", "ab.csv", "/.csv"]],
    ["[a-c]x[!0-9]", ["axy", "cx-"], ["dxy", "ax1", "ax/"]],
    ["[]a]b", ["]b", "ab"], ["b"]],
    ["[z-a].csv", [], ["a.csv", "z.csv", "[z-a].csv"]],
    ["a[b", ["a[b"], ["ab"]],
    ["(a+).$^|\\d", ["(a+).$^|\\d"], ["a"]],
  ])("%s names what it says", (pattern, named, others) => {
    const matches = globMatcher(pattern);
    expect(named.filter(matches)).toEqual(named);
    expect(others.filter(matches)).toEqual([]);
  });

  it("is read as by an expression that tries one way after the other", () => {
    const piece = fc.constantFrom("a", "b", "/", "*", "?", "**", "**/", "[ab]", "[!a]");
    const path = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), path, (pieces, text) => {
        const pattern = pieces.join("");
        const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|\[!a\]/g, (found) => SAME[found] ?? found);
        expect(globMatcher(pattern)(text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes no longer for many stars than for one", () => {
    // In a process of its own, since an expression that tries all ways would never come back.
    const script = `import { globMatcher } from ${JSON.stringify(new URL("../../../server/notebook/glob.ts", import.meta.url).href)};
      process.stdout.write(String(globMatcher("*a".repeat(200) + "*b")("a".repeat(250))) + globMatcher("**/".repeat(50) + "y")("a/".repeat(60) + "x"));`;
    const args = ["--import", "tsx", "--input-type=module", "--eval", script];
    expect(execFileSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 })).toBe("falsefalse");
  });
});

const SAME: Readonly<Record<string, string>> = {
  ...{ "**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*" },
  ...{ "?": "[^/]", "[!a]": "[^a/]" },
};
