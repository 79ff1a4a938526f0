import { expect, test } from "vitest";
import { prose } from "../../../server/export/prose.ts";

const inner = (text: string) =>
  prose(text)
    .text.replace(/^<div class="prose">|<\/div>$/g, "")
    .trim();

test("Markdown becomes headings, lists, tables and code", () => {
  expect(inner("# A\n\n- b `c`\n")).toBe("<h1>A</h1>\n<ul>\n<li>b <code>c</code></li>\n</ul>");
  expect(inner("|a|b|\n|-|-:|\n|1|2|\n")).toContain('<td class="right">2</td>');
  expect(prose("  \n").text).toBe("");
});

test("tags of the writer's are text", () => {
  expect(inner('<script>alert(1)</script> <img src=x onerror="alert(1)">')).not.toMatch(/<(?:script|img)/);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "&#x6A;avascript:alert(1)",
  "%6Aavascript:alert(1)",
  "vbscript:x",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "//example.com/x",
  "../other.md",
  "blob:x",
])("a link to %j leaves its words alone", (address) => {
  for (const text of [`words <${address}>`, `[words](<${address}>)`, `[words][a]\n\n[a]: <${address}>`]) {
    expect(inner(text)).not.toContain("<a");
    expect(inner(text)).toContain("words");
  }
});

test.each(["https://example.com/", "http://example.com/a?b=c&d", "mailto:a@example.com", "#orders"])(
  "a link to %s is kept",
  (address) => {
    expect(inner(`[words](${address})`)).toMatch(/^<p><a href="[^"]+"( rel="noopener noreferrer")?>words<\/a><\/p>$/);
  },
);

test("a picture from elsewhere becomes its words; one that lies in the text is shown", () => {
  expect(inner("![A cat](https://example.com/cat.png)")).toBe("<p>[picture: A cat, not in this page]</p>");
  expect(inner("![A dot](data:image/png;base64,iVBORw0KGgo=)")).toContain(
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="A dot">',
  );
  for (const source of ["data:image/svg+xml;base64,PHN2Zz4=", 'data:image/png;base64,A" onerror="x'])
    expect(inner(`![x](<${source}>)`)).not.toContain("<img");
});
