import { expect, test } from "vitest";
import { cleanSvg } from "../../../server/export/chart/clean-svg.ts";

const svg = (inner: string) => `<svg width="9" height="9">${inner}</svg>`;
const clean = (inner: string) =>
  cleanSvg(svg(inner), "c")?.replace(/^<svg width="9" height="9">|<\/svg>$/g, "") ?? null;

test("marks, text and gradients are kept", () => {
  const inner = '<g transform="translate(1,2)"><path d="M0,0L1,1" fill="var(--ink)"/><text x="1">a &amp; b</text></g>';
  expect(clean(inner)).toBe(inner);
});

test("names of parts are made the picture's own", () => {
  expect(clean('<defs><clipPath id="clip0"></clipPath></defs><g clip-path="url(#clip0)"></g>')).toBe(
    '<defs><clipPath id="c-clip0"></clipPath></defs><g clip-path="url(#c-clip0)"></g>',
  );
});

test("links leave what is in them", () => {
  expect(clean('<a xlink:href="javascript:alert(1)"><path d="M0,0"/></a>')).toBe('<path d="M0,0"/>');
});

test.each([
  "<script>alert(1)</script>",
  '<style>@import "https://example.com/a.css";</style>',
  '<foreignObject><iframe src="https://example.com"></iframe></foreignObject>',
  '<image href="https://example.com/a.png"/>',
  '<use href="https://example.com/a.svg#b"/>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
])("%s is left out", (inner) => {
  expect(clean(`${inner}<path d="M0,0"/>`)).toBe('<path d="M0,0"/>');
});

test.each([
  'onclick="alert(1)"',
  'style="fill:url(https://example.com)"',
  'href="#a"',
  'fill="url(https://example.com/a)"',
  'fill="\\75rl(//example.com)"',
  'fill="&#117;rl(//example.com)"',
])("the attribute %s is left out", (attribute) => {
  expect(clean(`<path d="M0,0" ${attribute}/>`)).toBe('<path d="M0,0"/>');
});

test.each(["<path d='M0,0'/>", "<!-- a -->", "<![CDATA[x]]>", "<path d=M0,0>", '<path d="a<b"/>', "<?xml?>"])(
  "%s is not how Vega writes, and nothing is kept",
  (inner) => {
    expect(clean(inner)).toBeNull();
  },
);
