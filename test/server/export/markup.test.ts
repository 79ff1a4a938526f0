import fc from "fast-check";
import { expect, test } from "vitest";
import { html, Markup } from "../../../server/export/markup.ts";

/** What a reader of HTML makes of text and of a quoted attribute. */
function read(text: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return text.replaceAll(/&([a-z]+|#39);/g, (_, name: string) => names[name] ?? "?");
}

test("any text comes out as it went in, and holds no character that could end its place", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
      const { text: written } = html`${text}`;
      expect(written).not.toMatch(/[<>"']/);
      const shown = [...text].map((one) => (/[\p{Cc}]/u.test(one) && !/[\t\n\r]/.test(one) ? "\ufffd" : one));
      expect(read(written)).toBe(shown.join(""));
    }),
  );
});

test("markup stands as it is, lists are joined, null is nothing", () => {
  expect(html`<p>${[html`<b>a</b>`, "<", null, 3]}</p>${new Markup("<hr>")}`.text).toBe("<p><b>a</b>&lt;3</p><hr>");
});
