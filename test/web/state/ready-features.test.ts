import { describe, expect, it } from "vitest";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { withReadyFeatures, writtenIn } from "../../../web/state/ready-features.ts";

const TEXT = `---
segbook: 1
---

\`\`\`source orders
files: orders.csv
event: placed order
at: ordered_at
\`\`\`

Words between.

\`\`\`features behaviour
# by hand
columns:
  n: count of placed order # kept
\`\`\`
`;

const chosen = {
  columns: [{ name: "sessions_90d", expression: "count of had session in last 90 days", feature: "sessions" }],
  sources: [
    { id: "sessions", body: "sql: |-\n  SELECT 1\nevent: had session\nat: ended_at\n" },
    { id: "carts", body: "sql: SELECT 2\nevent: filled cart\nat: ended_at\n" },
  ],
};

function added(addition: Partial<Parameters<typeof withReadyFeatures>[1]>, text = TEXT): string {
  const made = withReadyFeatures(parseNotebook(text), { cell: "behaviour", chosen, rfm: null, ...addition });
  if (isProblem(made)) throw new Error(made.message);
  return made;
}

describe("adding ready features", () => {
  it("writes their sources before the cell and their expressions behind those that it has; all other lines stay", () => {
    const text = added({});
    expect(parseNotebook(text).cells.map(({ id }) => id)).toEqual(["orders", "sessions", "carts", "behaviour"]);
    expect(text).toContain(
      "# by hand\ncolumns:\n  n: count of placed order # kept\n  sessions_90d: count of had session in last 90 days\n",
    );
    for (const line of TEXT.split("\n")) expect(text.split("\n")).toContain(line);
    expect(parseNotebook(text).problems).toEqual([]);
  });

  it("writes the template with its event and amount", () => {
    const text = added({ chosen: { columns: [], sources: [] }, rfm: { event: "placed order", amount: "amount" } });
    expect(text).toContain("template: rfm\nevent: placed order\namount: amount\n");
  });

  it("fills an empty cell, keeps CRLF, and leaves a text alone where nothing is added", () => {
    const empty = TEXT.replace("# by hand\ncolumns:\n  n: count of placed order # kept\n", "");
    expect(added({}, empty)).toContain("```features behaviour\ncolumns:\n  sessions_90d: ");
    const crlf = added({}, TEXT.replaceAll("\n", "\r\n"));
    expect(crlf.replaceAll("\r\n", "")).not.toContain("\n");
    expect(added({ chosen: { columns: [], sources: [] } })).toBe(TEXT);
  });

  it("is refused with a reason where the cell's text can't be read", () => {
    const broken = TEXT.replace("# by hand", "columns: {");
    expect(withReadyFeatures(parseNotebook(broken), { cell: "behaviour", chosen, rfm: null })).toMatchObject({
      code: "cannot-set",
      cell: "behaviour",
    });
  });
});

describe("what a features cell says already", () => {
  const written = (text: string) => writtenIn(parseNotebook(text), "behaviour");

  it("is read off its text, with columns and template", () => {
    expect(written(TEXT)).toEqual({ columns: ["n"], hasTemplate: false });
    const withTemplate = TEXT.replace("# by hand", "template: rfm\nevent: placed order\namount: amount");
    expect(written(withTemplate)).toEqual({ columns: ["n"], hasTemplate: true });
  });

  it("is nothing where the text can't be read or the cell is not there", () => {
    expect(written(TEXT.replace("# by hand", "columns: {"))).toEqual({ columns: [], hasTemplate: false });
    expect(writtenIn(parseNotebook(TEXT), "nobody")).toEqual({ columns: [], hasTemplate: false });
  });
});
